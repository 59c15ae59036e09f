"""The Breast board's cases. Groups are the anatomic stage groups; receptors stand in the summary."""

from datetime import date

from tumorboard.demo.hospital.records import CaseRecord, NeedsRecord, PatientRecord, imaging, pathology, stage
from tumorboard.vocabulary import CaseState, Need, PerformanceStatus, Sex, TumorType, Urgency

PEBBLETON = PatientRecord(
    "Pebbleton", "Arthur", date(1952, 2, 9), Sex.MALE, "Larkmoor", "0039 4417", mrn_elsewhere="E 770214"
)
"""Known to two boards: breast, and then a finding in the pancreas."""

ANATOMIC = "8, anatomic"

BREAST_CASES = (
    CaseRecord(
        patient=PatientRecord(
            "Quillfeather",
            "Anneliese",
            date(1971, 3, 14),
            Sex.FEMALE,
            "Larkmoor",
            "0042 1783",
            mrn_elsewhere="E 518830",
        ),
        submitter="Sorrel",
        team=("Penhallow", "Vantongeren", "Oduya", "Birdsong"),
        needs=NeedsRecord(
            "Oduya",
            "“I want to keep driving my bus for as long as I can.” Afraid of numb fingers.",
            (Need.CHILDREN, Need.WORK),
            4,
        ),
        state=CaseState.ON_AGENDA,
        days_ago=9,
        tumor_type=TumorType.BREAST,
        question=(
            "HER2-positive with one involved node: chemotherapy with dual HER2 blockade first, or surgery first? If"
            " first,"
            " is she a candidate for targeted axillary dissection afterwards?"
        ),
        summary=(
            "Palpable mass in the left breast, upper outer quadrant, 31 mm on MRI, unifocal. Invasive carcinoma of no"
            " special type, grade 3, ER 20 %, PR 0 %, HER2 3+, Ki-67 45 %. One involved axillary node, clipped at"
            " biopsy."
            " LVEF 62 %, no cardiac history. Perimenopausal, drives a city bus, wants to keep the breast if she can."
        ),
        stage=stage("c", "2 1 0", "IIB", edition=ANATOMIC),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="None.",
        urgency=Urgency.SOON,
        studies=(
            imaging(
                24,
                "LR{yy}-208114",
                "Mammography and ultrasound: spiculated mass left, 29 mm, BI-RADS 5; one node 14 mm.",
            ),
            imaging(
                14, "LR{yy}-209033", "Breast MRI: 31 mm, unifocal; skin and muscle free; one enlarged level I node."
            ),
            pathology(
                20, "LS{yy}-10482", "Core biopsy left breast: NST, grade 3, ER 20 %, PR 0 %, HER2 3+, Ki-67 45 %."
            ),
            pathology(20, "LC{yy}-03317", "Fine needle aspiration, left axillary node: carcinoma cells. Clip placed."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord(
            "Windermoss", "Beatrix", date(1958, 10, 2), Sex.FEMALE, "Larkmoor", "0040 9926", mrn_elsewhere="E 402217"
        ),
        submitter="Penhallow",
        team=("Sorrel", "Vantongeren", "Oduya", "Applecross"),
        state=CaseState.ON_AGENDA,
        days_ago=8,
        tumor_type=TumorType.BREAST,
        question=(
            "Two involved nodes and a recurrence score of 19 in a postmenopausal patient: endocrine therapy alone, or"
            " chemotherapy before it? Is there a place for a CDK4/6 inhibitor, and for regional nodal radiotherapy?"
        ),
        summary=(
            "Lumpectomy and sentinel node biopsy right, 27 mm invasive carcinoma of no special type, grade 2, margins"
            " clear by 4 mm. Two of three sentinel nodes with macrometastases, no extranodal extension, no completion"
            " dissection. ER 95 %, PR 70 %, HER2 1+, Ki-67 18 %, 21-gene recurrence score 19. Type 2 diabetes, well"
            " controlled."
        ),
        stage=stage("p", "2 1a(sn) -", "IIB", edition=ANATOMIC),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Lumpectomy and sentinel node biopsy, right.",
        studies=(
            imaging(62, "LR{yy}-205871", "Mammography and ultrasound: mass right, 25 mm, BI-RADS 5; axilla normal."),
            pathology(
                31, "LS{yy}-09977", "Lumpectomy right: NST, grade 2, 27 mm, margins clear; sentinel nodes 2 of 3."
            ),
            pathology(12, "LX{yy}-00871", "21-gene assay: recurrence score 19."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Underbough", "Philippa", date(1983, 6, 21), Sex.FEMALE, "Larkmoor", "0041 2258"),
        submitter="Ashgrove",
        team=("Penhallow", "Quillon", "Oduya", "Winterbourne"),
        state=CaseState.ON_AGENDA,
        days_ago=7,
        tumor_type=TumorType.BREAST,
        question=(
            "Residual triple-negative disease after chemotherapy with pembrolizumab, germline BRCA1: finish"
            " pembrolizumab,"
            " give olaparib, give both, or capecitabine?"
        ),
        summary=(
            "Triple-negative carcinoma right, cT2 cN1 before treatment. Carboplatin, paclitaxel, doxorubicin,"
            " cyclophosphamide and pembrolizumab, completed without delay. At surgery 13 mm residual tumor, residual"
            " cancer burden II, three sentinel nodes free. Germline BRCA1 pathogenic variant; considers contralateral"
            " mastectomy. Hypothyroid since cycle 5, replaced."
        ),
        stage=stage("yp", "1c 0(sn) -"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment=(
            "Preoperative chemotherapy with pembrolizumab, eight cycles; lumpectomy and sentinel nodes, right."
        ),
        urgency=Urgency.SOON,
        studies=(
            imaging(38, "LR{yy}-207402", "Breast MRI after chemotherapy: 11 mm residual enhancement, nodes normal."),
            pathology(
                17,
                "LS{yy}-10391",
                "Lumpectomy right: residual NST 13 mm, RCB II; sentinel nodes 0 of 3, clip retrieved.",
            ),
            pathology(120, "LG{yy}-00214", "Germline panel: BRCA1 c.68_69del, pathogenic."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Thistledown", "June", date(1939, 12, 5), Sex.FEMALE, "Larkmoor", "0017 6643"),
        submitter="Sorrel",
        team=("Oduya", "Birdsong"),
        state=CaseState.SUBMITTED,
        days_ago=3,
        tumor_type=TumorType.BREAST,
        question="Primary endocrine therapy, or surgery under regional anesthesia, in a frail patient who lives alone?",
        summary=(
            "Mass right, 24 mm, noticed by the visiting nurse. Invasive lobular carcinoma, grade 2, ER 100 %, PR 80 %,"
            " HER2 0. Heart failure, ejection fraction 35 %, chronic kidney disease stage 3b, G8 score 10. She would"
            " rather not go to hospital, and her daughter agrees."
        ),
        stage=stage("c", "2 0 0", "IIA", edition=ANATOMIC),
        performance_status=PerformanceStatus.ECOG_2,
        prior_treatment="None.",
        studies=(
            imaging(19, "LR{yy}-208590", "Ultrasound: irregular mass right, 24 mm; axilla normal."),
            pathology(
                13,
                "LS{yy}-10655",
                "Core biopsy right breast: invasive lobular carcinoma, grade 2, ER 100 %, PR 80 %, HER2 0.",
            ),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Snowbell", "Ottilie", date(1966, 4, 17), Sex.FEMALE, "Eastmere", "E 661902"),
        submitter="Vale",
        team=("Oduya",),
        state=CaseState.SUBMITTED,
        days_ago=2,
        tumor_type=TumorType.BREAST,
        question=(
            "Ductal carcinoma in situ over 70 mm: is mastectomy with immediate reconstruction the right operation, and"
            " should a sentinel node be taken?"
        ),
        summary=(
            "Segmental microcalcifications left over 70 mm, found at screening. Two stereotactic biopsies 55 mm apart"
            " both show ductal carcinoma in situ, high grade with comedo necrosis, ER 60 %. No invasion seen. Smokes"
            " ten"
            " cigarettes a day and is willing to stop."
        ),
        stage=stage("c", "is 0 0", "0"),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="None.",
        studies=(
            imaging(
                27,
                "ER{yy}-118206",
                "Mammography with magnification: segmental microcalcifications left, 70 mm, BI-RADS 4C.",
            ),
            pathology(
                15, "ES{yy}-06620", "Stereotactic biopsies left, two sites: DCIS, high grade, comedo necrosis, ER 60 %."
            ),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Oatmeadow", "Constance", date(1975, 8, 30), Sex.FEMALE, "Larkmoor", "0043 0051"),
        submitter="Ashgrove",
        team=("Penhallow", "Vantongeren", "Oduya"),
        state=CaseState.SUBMITTED,
        days_ago=1,
        tumor_type=TumorType.BREAST,
        question=(
            "Inflammatory triple-negative carcinoma: may we start chemotherapy with pembrolizumab this week, before the"
            " PET/CT is done? Which trial is open for her?"
        ),
        summary=(
            "Six weeks of redness and swelling, treated as mastitis without effect. Erythema over two thirds of the"
            " left"
            " breast, peau d'orange, matted axillary nodes. Invasive carcinoma of no special type, grade 3,"
            " triple-negative, dermal lymphatic invasion on punch biopsy; PD-L1 combined positive score 15."
        ),
        stage=stage("c", "4d 2a 0", "IIIB", edition=ANATOMIC),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Two courses of antibiotics.",
        urgency=Urgency.URGENT,
        studies=(
            imaging(
                8, "LR{yy}-209411", "Ultrasound: diffuse skin thickening left, mass 46 mm, matted level I and II nodes."
            ),
            pathology(
                6,
                "LS{yy}-10790",
                "Core and skin punch biopsy left: NST, grade 3, ER 0 %, PR 0 %, HER2 1+; dermal lymphatics involved.",
            ),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Mistlehurst", "Edwina", date(1961, 1, 25), Sex.FEMALE, "Larkmoor", "0028 7719"),
        submitter="Sorrel",
        team=("Oduya",),
        state=CaseState.RETURNED,
        days_ago=6,
        note=(
            "ER, PR and HER2 of the liver biopsy are missing: the choice of drug rests on them. Please add them"
            " when they are back."
        ),
        tumor_type=TumorType.BREAST,
        question=(
            "Liver metastases on letrozole, six years after surgery: which systemic treatment, and who tests what?"
        ),
        summary=(
            "Luminal carcinoma left, mastectomy six years ago, pT2 pN1a, letrozole since. Rising alkaline phosphatase;"
            " four liver lesions up to 28 mm, no visceral crisis, bones free. Liver biopsy shows adenocarcinoma"
            " consistent with breast. No symptoms but fatigue."
        ),
        stage=stage("r", "0 0 1", "IV", edition=ANATOMIC),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Mastectomy and axillary dissection left, chest wall radiotherapy, letrozole for six years.",
        urgency=Urgency.SOON,
        studies=(
            imaging(
                16,
                "LR{yy}-208733",
                "CT chest and abdomen: four liver lesions, largest 28 mm in segment VII; no other metastasis.",
            ),
            pathology(10, "LS{yy}-10701", "Liver biopsy: adenocarcinoma, GATA3 positive; receptors to follow."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Bramblewick", "Harriet", date(1969, 9, 11), Sex.FEMALE, "Larkmoor", "0036 5582"),
        submitter="Ashgrove",
        team=("Vantongeren", "Oduya", "Birdsong"),
        state=CaseState.ACCEPTED,
        days_ago=10,
        tumor_type=TumorType.BREAST,
        question=(
            "One bone metastasis at diagnosis, in partial remission after eight months of ribociclib and letrozole:"
            " stereotactic radiotherapy to the bone, surgery of the breast, both, or go on as before?"
        ),
        summary=(
            "Invasive carcinoma of no special type right, grade 2, ER 90 %, PR 40 %, HER2 0, with one metastasis in"
            " T9, biopsy proven. Primary down from 38 to 16 mm, T9 sclerosed, nothing new. Tolerates treatment well"
            " and asks whether the breast can be operated on."
        ),
        stage=stage("c", "2 1 1", "IV", edition=ANATOMIC),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Ribociclib and letrozole for eight months; denosumab.",
        studies=(
            imaging(
                18, "LR{yy}-208655", "PET/CT: primary 16 mm, SUV 2.9; T9 sclerotic, without uptake; no new lesion."
            ),
            pathology(260, "LS{yy}-03118", "Bone biopsy T9: metastasis of breast carcinoma, ER 90 %, HER2 0."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Hedgerow", "Paloma", date(1990, 5, 8), Sex.FEMALE, "Larkmoor"),
        submitter="Penhallow",
        team=("Sorrel", "Oduya", "Winterbourne", "Birdsong"),
        state=CaseState.ACCEPTED,
        days_ago=4,
        tumor_type=TumorType.BREAST,
        question="Breast cancer in week 22 of pregnancy: surgery now, or chemotherapy now and surgery after the birth?",
        summary=(
            "Mass right, 33 mm, felt during pregnancy. Invasive carcinoma of no special type, grade 3, ER 80 %, PR 50"
            " %,"
            " HER2 0, Ki-67 40 %. Axilla normal on ultrasound. Week 22, first child, fetus normal at the anomaly scan."
            " Referred from outside yesterday, so there is no MRN yet; obstetrics will join the meeting."
        ),
        stage=stage("c", "2 0 0", "IIA", edition=ANATOMIC),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="None.",
        urgency=Urgency.URGENT,
        studies=(
            imaging(
                9,
                "OUT-44720",
                (
                    "Ultrasound, outside: mass right, 33 mm, BI-RADS 5; axilla normal. Shielded mammography: no"
                    " calcifications."
                ),
            ),
            pathology(7, "OUT-90518", "Core biopsy, outside: NST, grade 3, ER 80 %, PR 50 %, HER2 0, Ki-67 40 %."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Copperleaf", "Miriam", date(1955, 11, 19), Sex.FEMALE, "Larkmoor", "0022 9180"),
        submitter="Penhallow",
        team=("Vantongeren",),
        state=CaseState.PROTOCOL_ROUTE,
        days_ago=7,
        note=(
            "Agreed standard for small node-negative luminal tumors: partial or whole-breast radiotherapy and an"
            " aromatase"
            " inhibitor. Not discussed."
        ),
        tumor_type=TumorType.BREAST,
        question="For the record: adjuvant treatment after lumpectomy of an 8 mm luminal tumor.",
        summary=(
            "Found at screening. Lumpectomy and sentinel node biopsy left, 8 mm, grade 1, ER 100 %, PR 90 %, HER2 0,"
            " Ki-67 8 %, margins clear by 6 mm, sentinel node free. Bone density normal."
        ),
        stage=stage("p", "1b 0(sn) -", "IA", edition=ANATOMIC),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Lumpectomy and sentinel node biopsy, left.",
        studies=(
            pathology(14, "LS{yy}-10577", "Lumpectomy left: NST, grade 1, 8 mm, margins clear; sentinel node 0 of 1."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Tanglewood", "Rosamund", date(1978, 7, 3), Sex.FEMALE, "Larkmoor", "0038 1146"),
        submitter="Sorrel",
        team=("Penhallow", "Oduya"),
        state=CaseState.DEFERRED,
        days_ago=13,
        weeks_ago=1,
        note="HER2 in situ hybridization is not back. Listed again when it is; the pathologist follows it up.",
        tumor_type=TumorType.BREAST,
        question="Chemotherapy before surgery, with or without HER2 blockade?",
        summary=(
            "Mass left, 26 mm, and one suspicious axillary node, negative on aspiration. Invasive carcinoma of no"
            " special"
            " type, grade 3, ER 40 %, PR 10 %, HER2 2+ by immunohistochemistry, in situ hybridization pending. Mother"
            " had"
            " breast cancer at 44; genetic counseling is booked."
        ),
        stage=stage("c", "2 0 0", "IIA", edition=ANATOMIC),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="None.",
        urgency=Urgency.SOON,
        studies=(
            imaging(
                25, "LR{yy}-208051", "Mammography and ultrasound: mass left, 26 mm, BI-RADS 5; node 9 mm, cortex 4 mm."
            ),
            pathology(
                20,
                "LS{yy}-10466",
                "Core biopsy left: NST, grade 3, ER 40 %, PR 10 %, HER2 2+; hybridization requested.",
            ),
        ),
    ),
    CaseRecord(
        patient=PEBBLETON,
        submitter="Ashgrove",
        team=("Penhallow", "Oduya"),
        state=CaseState.DISCUSSED,
        days_ago=14,
        weeks_ago=1,
        tumor_type=TumorType.BREAST,
        question=(
            "Adjuvant treatment of breast cancer in a man with a germline BRCA2 variant: chemotherapy, and olaparib?"
        ),
        summary=(
            "Mastectomy left and axillary dissection, 24 mm invasive carcinoma of no special type, grade 3, ER 100 %,"
            " PR 90 %, HER2 1+, four of fourteen nodes. Germline BRCA2 pathogenic variant found after surgery. Two"
            " daughters, both told. The staging CT also shows a cystic lesion in the pancreas, which goes to the"
            " Gastrointestinal board."
        ),
        stage=stage("p", "2 2a -", "IIIA", edition=ANATOMIC),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Mastectomy and axillary dissection, left.",
        studies=(
            imaging(
                23,
                "LR{yy}-208177",
                "CT chest and abdomen: no metastasis of the breast; cystic lesion of the pancreatic tail, 24 mm.",
            ),
            pathology(36, "LS{yy}-09841", "Mastectomy left: NST, grade 3, 24 mm, margins clear; nodes 4 of 14."),
            pathology(18, "LG{yy}-00306", "Germline panel: BRCA2 c.5946del, pathogenic."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Fernhollow", "Dorothea", date(1947, 3, 29), Sex.FEMALE, "Larkmoor", "0009 3375"),
        submitter="Penhallow",
        team=("Vantongeren", "Sorrel", "Oduya"),
        state=CaseState.SIGNED,
        days_ago=20,
        weeks_ago=2,
        tumor_type=TumorType.BREAST,
        question=(
            "Recurrence in the same breast after eleven years: mastectomy, or a second lumpectomy with partial"
            " breast re-irradiation?"
        ),
        summary=(
            "Lumpectomy and whole-breast radiotherapy right eleven years ago. Now 12 mm in another quadrant, invasive"
            " carcinoma of no special type, grade 2, ER 95 %, HER2 0, staging CT free. Wishes to keep the breast and"
            " has"
            " read about re-irradiation."
        ),
        stage=stage("r", "1c 0 0", "IA", edition=ANATOMIC),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Lumpectomy, whole-breast radiotherapy 50 Gy, tamoxifen for five years, right.",
        studies=(
            imaging(
                40,
                "LR{yy}-207120",
                "Breast MRI: 12 mm right, lower inner quadrant, away from the old scar; left normal.",
            ),
            pathology(33, "LS{yy}-09902", "Core biopsy right: NST, grade 2, ER 95 %, PR 60 %, HER2 0."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Emberlane", "Joan", date(1980, 2, 2), Sex.FEMALE, "Larkmoor", "0044 0209"),
        submitter="Sorrel",
        state=CaseState.DRAFT,
        days_ago=1,
        tumor_type=TumorType.BREAST,
        question="Ovarian suppression for how long, and with which partner, after chemotherapy?",
        summary="Premenopausal, luminal, pT2 pN1a. Menses returned three months after chemotherapy.",
        stage=stage("p", "2 1a -", "IIB", edition=ANATOMIC),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="",
        studies=(pathology(200, "LS{yy}-04416", "Mastectomy left: NST, grade 2, 31 mm; nodes 1 of 12."),),
    ),
)
