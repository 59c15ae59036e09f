"""The Breast board's cases. Groups are the anatomic stage groups; receptors stand in the summary."""

from datetime import date

from tumorboard.demo.hospital.records import (
    CaseRecord,
    DecisionRecord,
    NeedsRecord,
    PatientRecord,
    found,
    not_done,
    noted,
    pathology,
    pending,
    stage,
)
from tumorboard.domain.needs import StateVoice
from tumorboard.vocabulary import (
    CaseState,
    CaseType,
    Fate,
    Laterality,
    Need,
    PerformanceStatus,
    Sex,
    Told,
    TumorType,
    Urgency,
)

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
            told=Told.AGREES,
            own_questions="“Will my hands still feel the wheel afterwards?” Can she keep the breast?",
            social_situation="Two children of 9 and 13 at home; her sister takes them on treatment days.",
        ),
        state=CaseState.ON_AGENDA,
        days_ago=9,
        tumor_type=TumorType.BREAST,
        question_type="Neoadjuvant treatment",
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
        icd10="C50.4",
        morphology="8500/3",
        stage=stage("c", "2 1 0", "IIB", edition=ANATOMIC, side=Laterality.LEFT),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="None.",
        urgency=Urgency.SOON,
        results={
            "type_grade": noted(
                "Core biopsy left: no special type, grade 3; no vessel invasion seen.", 20, "LS{yy}-10482"
            ),
            "er": found("Positive", "20"),
            "pr": found("Negative", "0"),
            "her2": found("3+"),
            "ki67": noted("45"),
            "germline": pending(16),
            "mammogram_us": noted(
                "Left: spiculated mass, 29 mm, BI-RADS 5. Right: nothing suspicious.", 24, "LR{yy}-208114"
            ),
            "axillary_us": noted("One node of 14 mm at level I, biopsied and clipped.", 24, "LR{yy}-208114"),
            "breast_mri": noted(
                "31 mm, unifocal; skin and muscle free; one enlarged level I node.", 14, "LR{yy}-209033"
            ),
            "distant_staging": noted("CT chest and abdomen, bone scan: no metastasis.", 13, "LR{yy}-209070"),
            "menopause": found("Around"),
            "comorbidities": noted("None; LVEF 62 %"),
            "medication": noted("No allergies, no anticoagulants", 10),
            "family_history": noted("Aunt on the father’s side: breast cancer at 49"),
        },
        studies=(
            pathology(20, "LC{yy}-03317", "Fine needle aspiration, left axillary node: carcinoma cells. Clip placed."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord(
            "Windermoss", "Beatrix", date(1958, 10, 2), Sex.FEMALE, "Larkmoor", "0040 9926", mrn_elsewhere="E 402217"
        ),
        submitter="Penhallow",
        team=("Sorrel", "Vantongeren", "Oduya", "Applecross"),
        needs=NeedsRecord(
            "Oduya",
            "“If chemotherapy helps only a little, I would rather not lose the summer to it.”",
            (),
            2,
            told=Told.AGREES,
            own_questions="How many women like her come to harm without chemotherapy?",
            social_situation="Lives with her husband; a pharmacist in retirement.",
        ),
        state=CaseState.ON_AGENDA,
        days_ago=8,
        tumor_type=TumorType.BREAST,
        question_type="Adjuvant systemic treatment",
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
        icd10="C50.4",
        morphology="8500/3",
        stage=stage("p", "2 1a(sn) -", "IIB", edition=ANATOMIC, side=Laterality.RIGHT),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Lumpectomy and sentinel node biopsy, right.",
        results={
            "type_grade": noted("Lumpectomy right: no special type, grade 2; no vessel invasion.", 31, "LS{yy}-09977"),
            "size_margins": noted("27 mm; closest margin 4 mm.", 31, "LS{yy}-09977"),
            "nodes": noted("2 of 3 positive, largest deposit 6 mm, no growth outside the node.", 31, "LS{yy}-09977"),
            "sentinel_nodes": noted("2 of 3, both macrometastases; no further dissection.", 31, "LS{yy}-09977"),
            "er": found("Positive", "95"),
            "pr": found("Positive", "70"),
            "her2": found("1+"),
            "ki67": noted("18"),
            "gene_assay": noted("21-gene recurrence score 19"),
            "mammogram_us": noted("Right: mass of 25 mm, BI-RADS 5. Left: normal.", 62, "LR{yy}-205871"),
            "axillary_us": noted("Nodes of normal shape on both sides.", 62, "LR{yy}-205871"),
            "menopause": found("After"),
            "comorbidities": noted("Type 2 diabetes, well controlled on metformin"),
            "medication": noted("No allergies, no anticoagulants", 9),
            "family_history": noted("None"),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Underbough", "Philippa", date(1983, 6, 21), Sex.FEMALE, "Larkmoor", "0041 2258"),
        submitter="Ashgrove",
        team=("Penhallow", "Quillon", "Oduya", "Winterbourne"),
        needs=NeedsRecord(
            "Oduya",
            "“I want to have done everything, and I want it to end.” Would join a trial.",
            (Need.WORK, Need.FERTILITY),
            5,
            told=Told.AGREES,
            own_questions="Must the other breast be decided on now?",
            social_situation="Teaches at a primary school and is on sick leave; her partner works from home.",
        ),
        state=CaseState.ON_AGENDA,
        days_ago=7,
        tumor_type=TumorType.BREAST,
        question_type="Adjuvant systemic treatment",
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
        icd10="C50.4",
        morphology="8500/3",
        stage=stage("yp", "1c 0(sn) -", side=Laterality.RIGHT),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment=(
            "Preoperative chemotherapy with pembrolizumab, eight cycles; lumpectomy and sentinel nodes, right."
        ),
        urgency=Urgency.SOON,
        results={
            "type_grade": noted(
                "Residual carcinoma of no special type, grade 3; no vessel invasion.", 17, "LS{yy}-10391"
            ),
            "size_margins": noted("13 mm; margins clear by 5 mm.", 17, "LS{yy}-10391"),
            "nodes": noted("None of 3 positive; the clip was retrieved.", 17, "LS{yy}-10391"),
            "sentinel_nodes": noted("0 of 3.", 17, "LS{yy}-10391"),
            "rcb": found("II", days_ago=17, number="LS{yy}-10391"),
            "er": found("Negative", "0"),
            "pr": found("Negative", "0"),
            "her2": found("0"),
            "ki67": noted("55"),
            "germline": found("Pathogenic variant", "BRCA1 c.68_69del"),
            "mammogram_us": noted("Before treatment. Right: mass of 29 mm; left: normal.", 200, "LR{yy}-190377"),
            "axillary_us": noted("Nodes normal after chemotherapy; clip seen.", 38, "LR{yy}-207402"),
            "breast_mri": noted("After chemotherapy: 11 mm of enhancement left, nodes normal.", 38, "LR{yy}-207402"),
            "comorbidities": noted("Hypothyroidism since cycle 5, replaced"),
            "medication": noted("Levothyroxine; no allergies", 8),
            "family_history": noted("Mother: ovarian cancer at 58"),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Thistledown", "June", date(1939, 12, 5), Sex.FEMALE, "Larkmoor", "0017 6643"),
        submitter="Sorrel",
        team=("Oduya", "Birdsong"),
        voice=StateVoice("“I have seen enough of hospitals from the inside.” Her daughter agrees.", Told.AGREES),
        state=CaseState.SUBMITTED,
        days_ago=3,
        tumor_type=TumorType.BREAST,
        question_type="Surgery",
        question="Primary endocrine therapy, or surgery under regional anesthesia, in a frail patient who lives alone?",
        summary=(
            "Mass right, 24 mm, noticed by the visiting nurse. Invasive lobular carcinoma, grade 2, ER 100 %, PR 80 %,"
            " HER2 0. Heart failure, ejection fraction 35 %, chronic kidney disease stage 3b, G8 score 10. She would"
            " rather not go to hospital, and her daughter agrees."
        ),
        icd10="C50.4",
        morphology="8520/3",
        stage=stage("c", "2 0 0", "IIA", edition=ANATOMIC, side=Laterality.RIGHT),
        performance_status=PerformanceStatus.ECOG_2,
        prior_treatment="None.",
        results={
            "type_grade": noted(
                "Core biopsy right: invasive lobular carcinoma, grade 2; no vessel invasion.", 13, "LS{yy}-10655"
            ),
            "er": found("Positive", "100"),
            "pr": found("Positive", "80"),
            "her2": found("0"),
            "mammogram_us": noted(
                "Ultrasound alone, at her wish. Right: irregular mass, 24 mm; left: normal.", 19, "LR{yy}-208590"
            ),
            "axillary_us": noted("Nothing suspicious.", 19, "LR{yy}-208590"),
            "menopause": found("After"),
            "comorbidities": noted(
                "Heart failure, ejection fraction 35 %; chronic kidney disease stage 3b; G8 score 10."
            ),
            "frailty": noted("6", 5),
            "medication": noted("Apixaban, bisoprolol, furosemide; no allergies", 5),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Snowbell", "Ottilie", date(1966, 4, 17), Sex.FEMALE, "Eastmere", "E 661902"),
        submitter="Vale",
        team=("Oduya",),
        state=CaseState.SUBMITTED,
        days_ago=2,
        tumor_type=TumorType.BREAST,
        question_type="Surgery",
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
        icd10="D05.1",
        morphology="8500/2",
        stage=stage("c", "is 0 0", "0", side=Laterality.LEFT),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="None.",
        results={
            "type_grade": noted(
                ("Stereotactic biopsies left, two sites: ductal in situ, high grade, comedo necrosis; no invasion."),
                15,
                "ES{yy}-06620",
            ),
            "er": found("Positive", "60"),
            "pr": found("Positive", "20"),
            "her2": not_done("In situ disease: not asked for."),
            "ki67": not_done("In situ disease: not asked for."),
            "mammogram_us": noted(
                ("With magnification. Left: segmental microcalcifications over 70 mm, BI-RADS 4C. Right: normal."),
                27,
                "ER{yy}-118206",
            ),
            "axillary_us": pending(4),
            "menopause": found("After"),
            "comorbidities": noted("Smokes ten cigarettes a day"),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Oatmeadow", "Constance", date(1975, 8, 30), Sex.FEMALE, "Larkmoor", "0043 0051"),
        submitter="Ashgrove",
        team=("Penhallow", "Vantongeren", "Oduya"),
        voice=StateVoice("", Told.NOT_YET),
        state=CaseState.SUBMITTED,
        days_ago=1,
        tumor_type=TumorType.BREAST,
        question_type="Neoadjuvant treatment",
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
        icd10="C50.8",
        morphology="8530/3",
        stage=stage("c", "4d 2a 0", "IIIB", edition=ANATOMIC, side=Laterality.LEFT),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Two courses of antibiotics.",
        urgency=Urgency.URGENT,
        results={
            "type_grade": noted(
                ("Core and skin punch biopsy left: no special type, grade 3; vessels of the skin involved."),
                6,
                "LS{yy}-10790",
            ),
            "er": found("Negative", "0"),
            "pr": found("Negative", "0"),
            "her2": found("1+"),
            "pdl1": found("Positive", "15"),
            "germline": pending(20),
            "mammogram_us": noted(
                "Ultrasound. Left: skin thickened all over, mass of 46 mm. Mammogram not borne.", 8, "LR{yy}-209411"
            ),
            "axillary_us": noted("Matted nodes at levels I and II.", 8, "LR{yy}-209411"),
            "distant_staging": pending(6),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Mistlehurst", "Edwina", date(1961, 1, 25), Sex.FEMALE, "Larkmoor", "0028 7719"),
        submitter="Sorrel",
        team=("Oduya",),
        needs=NeedsRecord(
            "Oduya",
            ("“Tell me plainly what I can still count on.” Would rather take tablets than come for infusions."),
            (Need.WORK,),
            5,
            told=Told.AGREES,
            own_questions="Why did letrozole stop working?",
            social_situation="Runs a bakery with her son, who could take over for some months.",
        ),
        state=CaseState.RETURNED,
        days_ago=6,
        note=(
            "ER, PR and HER2 of the liver biopsy are missing: the choice of drug rests on them. Please "
            "add them when they are back."
        ),
        tumor_type=TumorType.BREAST,
        case_type=CaseType.RECURRENCE,
        question_type="Metastatic disease",
        question="Liver metastases on letrozole, six years after surgery: which systemic treatment now?",
        summary=(
            "Luminal carcinoma left, mastectomy six years ago, pT2 pN1a, letrozole since. Rising alkaline phosphatase;"
            " four liver lesions up to 28 mm, no visceral crisis, bones free. Liver biopsy shows adenocarcinoma"
            " consistent with breast. No symptoms but fatigue."
        ),
        icd10="C50.9",
        morphology="8500/3",
        stage=stage("r", "0 0 1", "IV", edition=ANATOMIC, side=Laterality.LEFT),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Mastectomy and axillary dissection left, chest wall radiotherapy, letrozole for six years.",
        urgency=Urgency.SOON,
        results={
            "type_grade": noted(
                ("Liver biopsy: adenocarcinoma, GATA3 positive, fits the breast, grade 2; receptors to follow."),
                10,
                "LS{yy}-10701",
            ),
            "ki67": noted("30"),
            "pik3ca": found("Mutated", "H1047R, plasma DNA"),
            "esr1": found("Wild type", "plasma DNA"),
            "pdl1": not_done("Only if the receptors are negative."),
            "mammogram_us": noted("Right: normal. Left: chest wall without a lump.", 41, "LR{yy}-206940"),
            "axillary_us": noted("Right: normal. Left: after dissection, nothing new.", 41, "LR{yy}-206940"),
            "distant_staging": noted(
                "CT: four liver lesions, the largest 28 mm in segment VII; bones and lungs free.", 16, "LR{yy}-208733"
            ),
            "disease_status": found("Progression", days_ago=16),
            "comorbidities": noted("Hypertension"),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Bramblewick", "Harriet", date(1969, 9, 11), Sex.FEMALE, "Larkmoor", "0036 5582"),
        submitter="Ashgrove",
        team=("Vantongeren", "Oduya", "Birdsong"),
        state=CaseState.ACCEPTED,
        days_ago=10,
        tumor_type=TumorType.BREAST,
        case_type=CaseType.RE_DISCUSSION,
        question_type="Metastatic disease",
        question=(
            "One bone metastasis at diagnosis, in partial remission after eight months of ribociclib and letrozole:"
            " stereotactic radiotherapy to the bone, surgery of the breast, both, or go on as before?"
        ),
        summary=(
            "Invasive carcinoma of no special type right, grade 2, ER 90 %, PR 40 %, HER2 0, with one metastasis in"
            " T9, biopsy proven. Primary down from 38 to 16 mm, T9 sclerosed, nothing new. Tolerates treatment well"
            " and asks whether the breast can be operated on."
        ),
        icd10="C50.4",
        morphology="8500/3",
        stage=stage("c", "2 1 1", "IV", edition=ANATOMIC, side=Laterality.RIGHT),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Ribociclib and letrozole for eight months; denosumab.",
        decisions=(
            DecisionRecord(
                255,
                "Breast board, Larkmoor",
                "Systemic treatment first: ribociclib and letrozole; see again after eight months, then decide on T9.",
                Fate.DONE,
                "begun two weeks later",
            ),
        ),
        results={
            "type_grade": noted(
                "Core biopsy right, at diagnosis: no special type, grade 2; no vessel invasion.", 262, "LS{yy}-03097"
            ),
            "er": found("Positive", "90"),
            "pr": found("Positive", "40"),
            "her2": found("0"),
            "ki67": noted("15"),
            "pik3ca": pending(15),
            "esr1": not_done("Has never progressed on endocrine treatment."),
            "pdl1": not_done("Hormone receptor-positive."),
            "mammogram_us": noted("Right: 16 mm, was 38 mm. Left: normal.", 19, "LR{yy}-208612"),
            "axillary_us": noted("Node of 7 mm, cortex thin; was 15 mm.", 19, "LR{yy}-208612"),
            "distant_staging": noted(
                "PET/CT: primary SUV 2.9; T9 sclerotic, without uptake; nothing new.", 18, "LR{yy}-208655"
            ),
            "menopause": found("After"),
            "disease_status": found("Response", days_ago=18),
            "comorbidities": noted("None"),
        },
        studies=(pathology(260, "LS{yy}-03118", "Bone biopsy T9: metastasis of breast carcinoma, ER 90 %, HER2 0."),),
    ),
    CaseRecord(
        patient=PatientRecord("Hedgerow", "Paloma", date(1990, 5, 8), Sex.FEMALE, "Larkmoor"),
        submitter="Penhallow",
        team=("Sorrel", "Oduya", "Winterbourne", "Birdsong"),
        needs=NeedsRecord(
            "Oduya",
            "“The baby first. But I want to be there when she starts school.”",
            (Need.CHILDREN, Need.WORK),
            7,
            told=Told.AGREES,
            own_questions="Does the chemotherapy reach the child? May she breastfeed?",
            social_situation="First child; married, parents in the same street. Contract ends with the birth.",
        ),
        state=CaseState.ACCEPTED,
        days_ago=4,
        tumor_type=TumorType.BREAST,
        question_type="Neoadjuvant treatment",
        question="Breast cancer in week 22 of pregnancy: surgery now, or chemotherapy now and surgery after the birth?",
        summary=(
            "Mass right, 33 mm, felt during pregnancy. Invasive carcinoma of no special type, grade 3, ER 80 %, PR 50"
            " %,"
            " HER2 0, Ki-67 40 %. Axilla normal on ultrasound. Week 22, first child, fetus normal at the anomaly scan."
            " Referred from outside yesterday, so there is no MRN yet; obstetrics will join the meeting."
        ),
        icd10="C50.4",
        morphology="8500/3",
        stage=stage("c", "2 0 0", "IIA", edition=ANATOMIC, side=Laterality.RIGHT),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="None.",
        urgency=Urgency.URGENT,
        results={
            "type_grade": noted(
                "Core biopsy right, outside: no special type, grade 3; no vessel invasion.", 7, "OUT-90518"
            ),
            "er": found("Positive", "80"),
            "pr": found("Positive", "50"),
            "her2": found("0"),
            "ki67": noted("40"),
            "germline": pending(13),
            "mammogram_us": noted(
                ("Outside. Right: mass of 33 mm, BI-RADS 5; shielded mammogram without calcifications. Left: normal."),
                9,
                "OUT-44720",
            ),
            "axillary_us": noted("Nothing suspicious.", 9, "OUT-44720"),
            "menopause": found("Before"),
            "comorbidities": noted("None; week 22 of a normal pregnancy"),
            "medication": noted("Folic acid; no allergies", 5),
            "family_history": noted("Not known: she was adopted"),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Copperleaf", "Miriam", date(1955, 11, 19), Sex.FEMALE, "Larkmoor", "0022 9180"),
        submitter="Penhallow",
        team=("Vantongeren",),
        voice=StateVoice("“The shorter the better: I look after my mother.”", Told.AGREES),
        state=CaseState.PROTOCOL_ROUTE,
        days_ago=7,
        note=(
            "Agreed standard for small node-negative luminal tumors: partial or whole-breast radiotherapy and an"
            " aromatase"
            " inhibitor. Not discussed."
        ),
        tumor_type=TumorType.BREAST,
        question_type="Radiation",
        question="For the record: adjuvant treatment after lumpectomy of an 8 mm luminal tumor.",
        summary=(
            "Found at screening. Lumpectomy and sentinel node biopsy left, 8 mm, grade 1, ER 100 %, PR 90 %, HER2 0,"
            " Ki-67 8 %, margins clear by 6 mm, sentinel node free. Bone density normal."
        ),
        icd10="C50.2",
        morphology="8500/3",
        stage=stage("p", "1b 0(sn) -", "IA", edition=ANATOMIC, side=Laterality.LEFT),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Lumpectomy and sentinel node biopsy, left.",
        results={
            "type_grade": noted("Lumpectomy left: no special type, grade 1; no vessel invasion.", 14, "LS{yy}-10577"),
            "size_margins": noted("8 mm; margins clear by 6 mm.", 14, "LS{yy}-10577"),
            "nodes": noted("None of 1 positive.", 14, "LS{yy}-10577"),
            "sentinel_nodes": noted("0 of 1.", 14, "LS{yy}-10577"),
            "er": found("Positive", "100"),
            "pr": found("Positive", "90"),
            "her2": found("0"),
            "ki67": noted("8"),
            "mammogram_us": noted("Screening. Left: mass of 8 mm, BI-RADS 4. Right: normal.", 43, "LR{yy}-206801"),
            "axillary_us": noted("Nothing suspicious.", 43, "LR{yy}-206801"),
            "menopause": found("After"),
            "comorbidities": noted("None; bone density normal"),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Tanglewood", "Rosamund", date(1978, 7, 3), Sex.FEMALE, "Larkmoor", "0038 1146"),
        submitter="Sorrel",
        team=("Penhallow", "Oduya"),
        needs=NeedsRecord(
            "Oduya",
            "“Waiting is the worst of it. Start with something.”",
            (Need.WORK, Need.FERTILITY),
            6,
            told=Told.AGREES,
            social_situation="Lives with a friend; works shifts in a laundry.",
        ),
        state=CaseState.DEFERRED,
        days_ago=13,
        weeks_ago=1,
        note="HER2 in situ hybridization is not back. Listed again when it is; the pathologist follows it up.",
        tumor_type=TumorType.BREAST,
        question_type="Neoadjuvant treatment",
        question="Chemotherapy before surgery, with or without HER2 blockade?",
        summary=(
            "Mass left, 26 mm, and one suspicious axillary node, negative on aspiration. Invasive carcinoma of no"
            " special"
            " type, grade 3, ER 40 %, PR 10 %, HER2 2+ by immunohistochemistry, in situ hybridization pending. Mother"
            " had"
            " breast cancer at 44; genetic counseling is booked."
        ),
        icd10="C50.4",
        morphology="8500/3",
        stage=stage("c", "2 0 0", "IIA", edition=ANATOMIC, side=Laterality.LEFT),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="None.",
        urgency=Urgency.SOON,
        results={
            "type_grade": noted("Core biopsy left: no special type, grade 3; no vessel invasion.", 20, "LS{yy}-10466"),
            "er": found("Positive", "40"),
            "pr": found("Positive", "10"),
            "her2": found("2+"),
            "her2_ish": pending(19),
            "ki67": noted("35"),
            "germline": pending(30),
            "mammogram_us": noted("Left: mass of 26 mm, BI-RADS 5. Right: normal.", 25, "LR{yy}-208051"),
            "axillary_us": noted("One node of 9 mm, cortex 4 mm.", 25, "LR{yy}-208051"),
            "menopause": found("Before"),
            "comorbidities": noted("None"),
            "family_history": noted("Mother: breast cancer at 44"),
        },
        studies=(pathology(19, "LC{yy}-03329", "Fine needle aspiration, left axillary node: no tumor cells."),),
    ),
    CaseRecord(
        patient=PEBBLETON,
        submitter="Ashgrove",
        team=("Penhallow", "Oduya"),
        needs=NeedsRecord(
            "Oduya",
            "“I never met another man who has this.” Wants what keeps him on his feet for the harvest.",
            (Need.WORK,),
            3,
            told=Told.AGREES,
            own_questions="What must his daughters do now?",
            social_situation="Married, keeps an orchard; a neighbor drives him.",
        ),
        state=CaseState.DISCUSSED,
        days_ago=14,
        weeks_ago=1,
        tumor_type=TumorType.BREAST,
        question_type="Adjuvant systemic treatment",
        question=(
            "Adjuvant treatment of breast cancer in a man with a germline BRCA2 variant: chemotherapy, and olaparib?"
        ),
        summary=(
            "Mastectomy left and axillary dissection, 24 mm invasive carcinoma of no special type, grade 3, ER 100 %,"
            " PR 90 %, HER2 1+, four of fourteen nodes. Germline BRCA2 pathogenic variant found after surgery. Two"
            " daughters, both told. The staging CT also shows a cystic lesion in the pancreas, which goes to the"
            " Gastrointestinal board."
        ),
        icd10="C50.1",
        morphology="8500/3",
        stage=stage("p", "2 2a -", "IIIA", edition=ANATOMIC, side=Laterality.LEFT),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Mastectomy and axillary dissection, left.",
        results={
            "type_grade": noted("Mastectomy left: no special type, grade 3; vessel invasion.", 36, "LS{yy}-09841"),
            "size_margins": noted("24 mm; margins clear by 7 mm.", 36, "LS{yy}-09841"),
            "nodes": noted("4 of 14 positive, largest deposit 11 mm, growth outside one node.", 36, "LS{yy}-09841"),
            "er": found("Positive", "100"),
            "pr": found("Positive", "90"),
            "her2": found("1+"),
            "ki67": noted("28"),
            "germline": found("Pathogenic variant", "BRCA2 c.5946del"),
            "mammogram_us": noted("Left: mass behind the nipple, 22 mm. Right: normal.", 58, "LR{yy}-206020"),
            "axillary_us": noted("Two enlarged nodes left, biopsy positive.", 58, "LR{yy}-206020"),
            "distant_staging": noted(
                ("CT chest and abdomen: no metastasis of the breast; cystic lesion of the pancreatic tail, 24 mm."),
                23,
                "LR{yy}-208177",
            ),
            "menopause": not_done("A man."),
            "comorbidities": noted("Hypertension; hip replaced on the right"),
            "frailty": noted("3", 15),
            "family_history": noted("Brother: prostate cancer at 61"),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Fernhollow", "Dorothea", date(1947, 3, 29), Sex.FEMALE, "Larkmoor", "0009 3375"),
        submitter="Penhallow",
        team=("Vantongeren", "Sorrel", "Oduya"),
        needs=NeedsRecord(
            "Oduya",
            "“I kept it for eleven years and would like to keep it for the rest.”",
            (),
            2,
            told=Told.AGREES,
            own_questions="Can the skin bear radiation a second time?",
            social_situation="Widowed, lives with her niece.",
        ),
        state=CaseState.SIGNED,
        days_ago=20,
        weeks_ago=2,
        tumor_type=TumorType.BREAST,
        case_type=CaseType.RECURRENCE,
        question_type="Recurrence",
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
        icd10="C50.3",
        morphology="8500/3",
        stage=stage("r", "1c 0 0", "IA", edition=ANATOMIC, side=Laterality.RIGHT),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Lumpectomy, whole-breast radiotherapy 50 Gy, tamoxifen for five years, right.",
        decisions=(
            DecisionRecord(
                4010,
                "Breast board, Larkmoor",
                "Lumpectomy and radiotherapy; tamoxifen for ten years.",
                Fate.CHANGED,
                "stopped after five, hot flushes",
            ),
        ),
        results={
            "type_grade": noted("Core biopsy right: no special type, grade 2; no vessel invasion.", 33, "LS{yy}-09902"),
            "er": found("Positive", "95"),
            "pr": found("Positive", "60"),
            "her2": found("0"),
            "ki67": noted("14"),
            "mammogram_us": noted("Right: new mass of 12 mm, BI-RADS 5. Left: normal.", 44, "LR{yy}-206815"),
            "axillary_us": noted("Nothing suspicious on either side.", 44, "LR{yy}-206815"),
            "breast_mri": noted(
                "Right, lower inner quadrant: 12 mm, away from the old scar; left normal.", 40, "LR{yy}-207120"
            ),
            "distant_staging": noted("CT chest and abdomen: no metastasis.", 35, "LR{yy}-207488"),
            "menopause": found("After"),
            "disease_status": found("Recurrence", days_ago=33),
            "comorbidities": noted("Atrial fibrillation"),
            "medication": noted("Rivaroxaban; no allergies", 22),
            "frailty": noted("3", 22),
            "family_history": noted("None"),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Emberlane", "Joan", date(1980, 2, 2), Sex.FEMALE, "Larkmoor", "0044 0209"),
        submitter="Sorrel",
        state=CaseState.DRAFT,
        days_ago=1,
        tumor_type=TumorType.BREAST,
        question_type="Adjuvant systemic treatment",
        question="Ovarian suppression for how long, and with which partner, after chemotherapy?",
        summary="Premenopausal, luminal, pT2 pN1a. Menses returned three months after chemotherapy.",
        icd10="C50.4",
        stage=stage("p", "2 1a -", "IIB", edition=ANATOMIC, side=Laterality.LEFT),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="",
        results={
            "type_grade": noted("Mastectomy left: no special type, grade 2.", 200, "LS{yy}-04416"),
            "size_margins": noted("31 mm; margins clear.", 200, "LS{yy}-04416"),
            "nodes": noted("1 of 12 positive.", 200, "LS{yy}-04416"),
            "er": found("Positive", "90"),
            "pr": found("Positive", "60"),
            "her2": found("0"),
            "menopause": found("Before"),
        },
    ),
)
