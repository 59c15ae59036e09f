"""The Gastrointestinal board's cases. Staged by AJCC, eighth edition, unless another system is named."""

from datetime import date

from tumorboard.demo.hospital.breast_cases import PEBBLETON
from tumorboard.demo.hospital.records import (
    NOT_STAGED,
    CaseRecord,
    DecisionRecord,
    NeedsRecord,
    PatientRecord,
    found,
    imaging,
    not_done,
    noted,
    pathology,
    pending,
    stage,
    staged_otherwise,
)
from tumorboard.domain.needs import StateVoice
from tumorboard.vocabulary import (
    CaseState,
    CaseType,
    Fate,
    Need,
    PerformanceStatus,
    Sex,
    StageSystem,
    Told,
    TumorType,
    Urgency,
)

BARLEYMOW = PatientRecord(
    "Barleymow", "Winston", date(1963, 10, 10), Sex.MALE, "Eastmere", "E 447190", mrn_elsewhere="0034 6128"
)
"""Discussed three weeks ago, and back with the answer that the board asked for."""

GI_CASES = (
    CaseRecord(
        patient=BARLEYMOW,
        submitter="Stonecroft",
        team=("Tamarisk", "Silverthorn"),
        needs=NeedsRecord(
            "Silverthorn",
            "“Tell me the worst first, then I can run with it.”",
            (Need.WORK,),
            3,
            told=Told.AGREES,
            social_situation="Postman; lives with his husband.",
        ),
        state=CaseState.SIGNED,
        days_ago=27,
        weeks_ago=3,
        tumor_type=TumorType.RECTUM,
        question_type="Neoadjuvant treatment",
        question="Rectal cancer and a liver lesion that CT cannot name: what has to be known before treatment begins?",
        summary=(
            "Adenocarcinoma of the mid rectum, 8 cm from the anal verge, extramural vascular invasion on MRI,"
            " mesorectal"
            " fascia free by 3 mm. Liver lesion of 17 mm in segment VI, too small to be characterized on CT. CEA 14"
            " ng/mL."
            " Mild bleeding, no obstruction."
        ),
        icd10="C20",
        morphology="8140/3",
        stage=stage("c", "3 1b 0", "IIIB"),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="None.",
        results={
            "distance": found("Mid", "8"),
            "biopsy": noted("Adenocarcinoma, moderately differentiated.", 40, "ES{yy}-06102"),
            "mmr": found("Proficient"),
            "labs": noted("CEA 14 ng/mL, hemoglobin 12.8 g/dL, liver and kidney normal", 34),
            "pelvic_mri": noted(
                (
                    "cT3b, two suspicious nodes, none at the side wall; veins outside the wall involved; "
                    "mesorectal fascia free by 3 mm."
                ),
                36,
                "ER{yy}-117204",
            ),
            "ct": noted("Liver lesion in segment VI, 17 mm, not to be named; lungs free.", 35, "ER{yy}-117266"),
            "colonoscopy": found("Complete", days_ago=40),
            "comorbidities": noted("None"),
        },
    ),
    CaseRecord(
        patient=BARLEYMOW,
        submitter="Stonecroft",
        team=("Bellwether", "Winterbourne"),
        needs=NeedsRecord(
            "Silverthorn",
            "“I would accept a stoma for a time. I want both of them gone, in whatever order.”",
            (Need.WORK,),
            4,
            told=Told.AGREES,
            own_questions="Can he go on running during chemotherapy?",
            social_situation="Postman, on sick leave; lives with his husband, who drives.",
        ),
        state=CaseState.ON_AGENDA,
        days_ago=7,
        tumor_type=TumorType.RECTUM,
        case_type=CaseType.RE_DISCUSSION,
        question_type="Metastases",
        question=(
            "The liver lesion is a metastasis: short-course radiotherapy and then chemotherapy, or chemotherapy alone"
            " first? Ablation or resection of the liver, and in which order?"
        ),
        summary=(
            "Liver MRI with a hepatobiliary agent, as the board asked: two metastases, 18 mm in segment VI and 9 mm in"
            " segment VII, both resectable. RAS and BRAF wild type, mismatch repair proficient. Fit, runs 5 km twice a"
            " week; would accept a stoma for a time."
        ),
        decisions=(
            DecisionRecord(
                21,
                "Gastrointestinal board, Larkmoor",
                "MRI of the liver with a hepatobiliary agent before anything else.",
                Fate.DONE,
                "within nine days",
            ),
        ),
        icd10="C20",
        morphology="8140/3",
        stage=stage("c", "3 1b 1a", "IVA"),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="None.",
        urgency=Urgency.SOON,
        results={
            "distance": found("Mid", "8"),
            "biopsy": noted("Adenocarcinoma, moderately differentiated.", 40, "ES{yy}-06102"),
            "mmr": found("Proficient"),
            "kras": found("Wild type"),
            "nras": found("Mutated", "Q61K"),
            "braf": found("Wild type"),
            "labs": noted("CEA 16 ng/mL, blood count, liver and kidney normal", 10),
            "pelvic_mri": noted(
                (
                    "cT3b, two suspicious nodes, none at the side wall; veins outside the wall involved; "
                    "mesorectal fascia free by 3 mm."
                ),
                36,
                "ER{yy}-117204",
            ),
            "ct": noted("Lungs free; liver lesion in segment VI, 17 mm.", 35, "ER{yy}-117266"),
            "colonoscopy": found("Complete", days_ago=40),
            "disease_status": not_done("Not treated yet."),
            "comorbidities": noted("None"),
            "medication": noted("None; no allergies", 8),
        },
        studies=(
            imaging(
                11,
                "ER{yy}-118402",
                "Liver MRI: metastases of 18 mm (segment VI) and 9 mm (segment VII); no other lesion.",
            ),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Greengage", "Lavinia", date(1957, 5, 15), Sex.FEMALE, "Eastmere", "E 530066"),
        submitter="Tamarisk",
        team=("Stonecroft", "Haverley", "Applecross", "Silverthorn"),
        needs=NeedsRecord(
            "Silverthorn",
            "“I cook for twelve every Sunday. I want to eat with them again.”",
            (Need.TRANSPORT,),
            5,
            told=Told.AGREES,
            own_questions="How will she eat after such an operation?",
            social_situation="Widowed, large family; a grandson moved in with her.",
        ),
        state=CaseState.ON_AGENDA,
        days_ago=8,
        tumor_type=TumorType.ESOPHAGUS,
        question_type="Neoadjuvant treatment",
        question=(
            "Adenocarcinoma of the gastroesophageal junction: perioperative FLOT with durvalumab, or preoperative"
            " chemoradiation? Is she fit for either, and for a thoracoabdominal operation?"
        ),
        summary=(
            "Dysphagia for solids, 9 kg lost in three months. Siewert type II tumor from 36 to 41 cm, moderately"
            " differentiated, HER2 negative, mismatch repair proficient, PD-L1 combined positive score 5, claudin 18.2"
            " positive. Staging laparoscopy free, washings negative. Eats puréed food; nutrition has seen her."
        ),
        icd10="C16.0",
        morphology="8140/3",
        stage=stage("c", "3 1 0", "III"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="None; oral supplements.",
        urgency=Urgency.SOON,
        results={
            "site": found("Junction", "36 to 41 cm"),
            "siewert": found("II"),
            "cell_type": found("Adenocarcinoma", "7 biopsies", 24, "ES{yy}-06433"),
            "grade": found("G2", "intestinal", 24, "ES{yy}-06433"),
            "mmr": found("Proficient"),
            "her2": found("0"),
            "pdl1": noted("5"),
            "claudin": found("Positive", "80"),
            "endoscopy": noted("Tumor from 36 to 41 cm, passable; no Barrett mucosa.", 24, "EE{yy}-02198"),
            "ct": noted("Wall thickening of the junction; liver and lungs free.", 20, "ER{yy}-118030"),
            "eus": noted("uT3, uN1.", 15, "EE{yy}-02240"),
            "pet_ct": noted("Junction SUV 12, two lesser curve nodes; no distant uptake.", 18, "ER{yy}-118111"),
            "laparoscopy": found("Negative", "washings too", 11),
            "nutrition": noted("12", 10),
            "labs": noted("Hemoglobin 11.4 g/dL, albumin 3.3 g/dL, kidney normal", 10),
            "comorbidities": noted("Hypertension; echocardiogram normal; climbs two flights"),
            "medication": noted("Amlodipine; no allergies", 10),
        },
    ),
    CaseRecord(
        patient=PatientRecord(
            "Teasel", "Mortimer", date(1950, 8, 26), Sex.MALE, "Eastmere", "E 218834", mrn_elsewhere="0014 9071"
        ),
        submitter="Bellwether",
        team=("Tamarisk", "Duskwell", "Silverthorn"),
        needs=NeedsRecord(
            "Silverthorn",
            "Has not been asked about treatment yet: he waits for the surgeon’s call.",
            (Need.LIVING_ALONE,),
            3,
            told=Told.NOT_YET,
            social_situation="Lives alone with a dog; a neighbor could take it.",
        ),
        state=CaseState.ON_AGENDA,
        days_ago=9,
        tumor_type=TumorType.LIVER,
        question_type="Embolization or radiation",
        question=(
            "Three hepatocellular carcinomas in one lobe: chemoembolization, with or without systemic treatment, or"
            " resection?"
        ),
        summary=(
            "Steatohepatitis with compensated cirrhosis, Child-Pugh A5, platelets 138, no varices. Three lesions of the"
            " right lobe, 48, 31 and 22 mm, typical in all phases (LI-RADS 5); portal vein open. AFP 210 ng/mL. Future"
            " liver remnant after right hepatectomy 31 %."
        ),
        icd10="C22.0",
        morphology="8170/3",
        stage=staged_otherwise("B", StageSystem.BCLC, "2022"),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="None.",
        results={
            "nodules": noted(
                ("Three in the right lobe: 4.8, 3.1 and 2.2 cm; vessels free, nothing outside the liver."), 16
            ),
            "liver_imaging": found("LR-5", "all three", 16, "ER{yy}-118260"),
            "ct": noted("Chest free; remnant 31 % after right hepatectomy.", 12, "ER{yy}-118577"),
            "child_pugh": found("A", "5", 12),
            "liver_state": found("Cirrhosis only", "no varices, platelets 138"),
            "liver_cause": found("Metabolic", "HBV and HCV negative"),
            "afp": noted("210", 12),
            "labs": noted("Bilirubin 0.9 mg/dL, INR 1.1, creatinine 1.0 mg/dL, albumin 4.0 g/dL, platelets 138", 12),
            "comorbidities": noted("Type 2 diabetes, obesity"),
            "medication": noted("Metformin, ramipril; no allergies", 12),
            "frailty": noted("3", 10),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Huckaback", "Delphine", date(1970, 1, 12), Sex.FEMALE, "Eastmere", "E 672310"),
        submitter="Bellwether",
        team=("Tamarisk", "Silverthorn", "Applecross"),
        voice=StateVoice("“I have a choir tour in May. Tell me whether to cancel it.”", Told.AGREES),
        state=CaseState.SUBMITTED,
        days_ago=3,
        tumor_type=TumorType.PANCREAS,
        question_type="Neoadjuvant treatment",
        question=(
            "Borderline resectable by the portal vein: FOLFIRINOX for how many cycles, and what decides on the"
            " operation?"
        ),
        summary=(
            "Painless jaundice, metal stent placed, bilirubin 2.1 mg/dL and falling. Adenocarcinoma of the pancreatic"
            " head, 34 mm, contact of more than 180° with the portal vein, which can be reconstructed; arteries free."
            " CA 19-9 410 U/mL after drainage. Germline testing sent."
        ),
        icd10="C25.0",
        morphology="8140/3",
        stage=stage("c", "2 0 0", "IB"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Biliary stent.",
        urgency=Urgency.SOON,
        results={
            "resectability": found("Borderline", "portal vein more than 180°, arteries free", 12),
            "tissue": found("Adenocarcinoma", "needle biopsy", 10, "EC{yy}-01877"),
            "ca19_9": noted("410", 5),
            "bilirubin": noted("2.1", 5),
            "pancreas_ct": noted(
                "Head 34 mm, portal vein more than 180°; SMA and celiac axis free; liver free.", 12, "ER{yy}-118590"
            ),
            "chest_imaging": pending(7),
            "eus": noted("Mass of 33 mm, vein contact as on CT.", 10, "EE{yy}-02266"),
            "symptoms": noted("Jaundice fading, no pain, 5 kg lost, fatty stools; sleeps badly", 4),
            "drainage": noted("Metal stent, covered; bilirubin falls"),
            "germline": pending(21),
        },
    ),
    CaseRecord(
        patient=PEBBLETON,
        submitter="Tamarisk",
        team=("Bellwether",),
        state=CaseState.SUBMITTED,
        days_ago=2,
        tumor_type=TumorType.PANCREAS,
        case_type=CaseType.DIAGNOSIS_OPEN,
        question_type="Resectable or not",
        question=(
            "Cystic lesion of the pancreatic tail and a germline BRCA2 variant: operate, aspirate, or follow up by MRI?"
        ),
        summary=(
            "Found on the staging CT of a breast cancer that needs adjuvant chemotherapy. Branch-duct type, 24 mm, a"
            " mural"
            " nodule of 4 mm without clear enhancement, main duct 4 mm. No symptoms, CA 19-9 normal, no new diabetes."
        ),
        icd10="D37.8",
        stage=NOT_STAGED,
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Mastectomy and axillary dissection for breast cancer; adjuvant treatment being planned.",
        results={
            "ca19_9": noted("18", 8),
            "pancreas_ct": noted(
                "MRI with MRCP: branch-duct lesion of the tail, 24 mm, nodule 4 mm, main duct 4 mm.",
                10,
                "ER{yy}-118655",
            ),
            "chest_imaging": noted("Staging CT for the breast: lungs free.", 23, "LR{yy}-208177"),
            "eus": pending(9),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Marchpane", "Ivor", date(1938, 6, 1), Sex.MALE, "Eastmere", "E 100382"),
        submitter="Brindle",
        team=("Stonecroft", "Silverthorn", "Amberley"),
        voice=StateVoice("“If it costs me my walks, then no.”", Told.AGREES, "What would happen if he did nothing?"),
        state=CaseState.SUBMITTED,
        days_ago=1,
        tumor_type=TumorType.COLON,
        question_type="Adjuvant treatment",
        question="Stage III, mismatch repair deficient, in a patient in his late eighties: any adjuvant treatment?",
        summary=(
            "Right hemicolectomy four weeks ago for a bleeding tumor of the ascending colon, recovered at home within"
            " two"
            " weeks. pT3, two of 22 nodes, MLH1 and PMS2 lost with BRAF V600E, so sporadic. Walks daily, manages his"
            " own"
            " affairs; hearing aid, mild renal impairment."
        ),
        icd10="C18.2",
        morphology="8140/3",
        stage=stage("p", "3 1b -", "IIIB"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Right hemicolectomy.",
        results={
            "type_grade": noted(
                "Hemicolectomy: adenocarcinoma, poorly differentiated; MLH1 and PMS2 lost.", 25, "ES{yy}-06398"
            ),
            "deposits_perineural": noted("2 of 22 nodes; no deposits, no perineural invasion.", 25, "ES{yy}-06398"),
            "mmr": found("Deficient", "MLH1 and PMS2 lost"),
            "braf": found("V600E"),
            "cea": pending(4),
            "labs": noted("Hemoglobin 10.9 g/dL, eGFR 52 mL/min, liver normal", 6),
            "colonoscopy": found("Complete", days_ago=41),
            "ct": noted("Before surgery: no metastasis.", 36, "ER{yy}-117198"),
            "comorbidities": noted("Mild renal impairment; hearing aid"),
            "frailty": noted("3", 6),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Sweetbriar", "Nadia", date(1981, 12, 22), Sex.FEMALE, "Eastmere"),
        submitter="Brindle",
        team=("Applecross", "Silverthorn", "Amberley"),
        needs=NeedsRecord(
            "Amberley",
            "“I want the children to hear it from me, and soon.”",
            (Need.CHILDREN, Need.MONEY),
            8,
            told=Told.AGREES,
            own_questions="Can her children have the same?",
            social_situation="Children of 9 and 12; separated, her mother has moved in.",
        ),
        state=CaseState.RETURNED,
        days_ago=4,
        note=(
            "HER2, mismatch repair, PD-L1 and claudin 18.2 are needed before the drugs can be discussed. Has the"
            " biopsy enough tissue?"
        ),
        tumor_type=TumorType.STOMACH,
        question_type="First-line systemic treatment",
        question=(
            "Diffuse gastric cancer with peritoneal metastases: first-line treatment, and genetic counseling for CDH1?"
        ),
        summary=(
            "Early satiety and 6 kg lost. Linitis plastica of the gastric body; poorly cohesive carcinoma with signet"
            " ring"
            " cells. Peritoneal deposits at laparoscopy, little ascites. Two children of 9 and 12. Seen first"
            " yesterday;"
            " registration and MRN are under way."
        ),
        icd10="C16.2",
        morphology="8490/3",
        stage=stage("c", "4a 1 1", "IVB"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="None.",
        urgency=Urgency.URGENT,
        results={
            "site": found("Fundus or body"),
            "type_grade": noted(
                ("Gastric and peritoneal biopsies: poorly cohesive, signet ring cells, diffuse by Lauren."),
                7,
                "ES{yy}-06803",
            ),
            "endoscopy": noted("Stiff folds of the whole body, passable, no bleeding.", 8, "EE{yy}-02281"),
            "ct": noted(
                "Outside: wall of the body thickened, omental stranding, little ascites; chest free.", 9, "OUT-38127"
            ),
            "laparoscopy": found("Positive", "deposits on omentum and diaphragm", 7),
            "nutrition": noted("9", 5),
            "labs": noted("Hemoglobin 11.8 g/dL, albumin 3.5 g/dL, liver and kidney normal", 5),
            "comorbidities": noted("None"),
            "family_history": noted("Mother’s sister: lobular breast cancer at 46"),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Linnetsong", "Clement", date(1967, 3, 18), Sex.MALE, "Eastmere", "E 391755"),
        submitter="Tamarisk",
        team=("Bellwether", "Duskwell", "Silverthorn"),
        needs=NeedsRecord(
            "Silverthorn",
            "“The flushing is what people see. Stop that first.”",
            (Need.WORK,),
            4,
            told=Told.AGREES,
            own_questions="May he hold his granddaughter after the radioligand?",
            social_situation="Auctioneer, speaks in public; married.",
        ),
        state=CaseState.ACCEPTED,
        days_ago=11,
        tumor_type=TumorType.NEUROENDOCRINE,
        case_type=CaseType.RECURRENCE,
        question_type="Radioligand treatment",
        question=(
            "Neuroendocrine tumor of the ileum, progressing in the liver on lanreotide: radioligand therapy,"
            " embolization, or debulking?"
        ),
        summary=(
            "Grade 2, Ki-67 6 %, ileal primary resected two years ago. Liver metastases in both lobes, largest 41 mm, a"
            " quarter of the liver, grown by 25 % in a year; all strongly avid on DOTATATE PET. Flushing four times a"
            " day,"
            " echocardiogram without carcinoid valve disease."
        ),
        icd10="C17.2",
        morphology="8249/3",
        stage=stage("p", "3 1 1a", "IV"),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Resection of the ileal primary; lanreotide 120 mg every four weeks for two years.",
        results={
            "site": found("Small bowel", "ileum, resected"),
            "grade": found("NET G2", days_ago=740, number="ES{yy}-01120"),
            "ki67": noted("6"),
            "syndrome": found("Carcinoid", "flushing four times a day", 13),
            "ct_mri": noted(
                ("Liver metastases in both lobes, the largest 41 mm, was 33 mm a year ago; a quarter of the liver."),
                19,
                "ER{yy}-118070",
            ),
            "sstr_pet": found("All lesions positive", "Krenning 4; no bone lesion", 20, "ER{yy}-118044"),
            "hiaa": noted("3.4", 14),
            "labs": noted("Blood count, liver and kidney normal", 14),
            "echo": noted("No carcinoid valve disease", 33),
            "disease_status": found("Progression", days_ago=19),
            "pace": found("Slow", "25 % in a year"),
            "comorbidities": noted("None"),
            "medication": noted("Lanreotide. Contrast medium: hives", 13),
        },
        studies=(pathology(740, "ES{yy}-01120", "Ileum: neuroendocrine tumor, grade 2, nodes 3 of 9."),),
    ),
    CaseRecord(
        patient=PatientRecord("Fiddleback", "Eunice", date(1946, 7, 7), Sex.FEMALE, "Eastmere", "E 155094"),
        submitter="Stonecroft",
        team=("Tamarisk", "Haverley", "Silverthorn", "Amberley"),
        needs=NeedsRecord(
            "Amberley",
            "“No bag. If it has to be one day, then not as the first thing.”",
            (Need.TRANSPORT, Need.LANGUAGE),
            4,
            "Welsh",
            told=Told.AGREES,
            own_questions="Does her arthritis stand against it?",
            social_situation="Deaf since childhood. Her brother interprets; she would rather have a stranger.",
        ),
        state=CaseState.ACCEPTED,
        days_ago=5,
        tumor_type=TumorType.RECTUM,
        question_type="Organ preservation",
        question=(
            "Mismatch repair deficient cancer of the low rectum: immunotherapy alone with the aim of keeping the"
            " rectum?"
        ),
        summary=(
            "Adenocarcinoma 4 cm from the anal verge, 44 mm, cT3 with two nodes, mesorectal fascia free. MSH2 and MSH6"
            " lost. An operation would mean a permanent stoma, which she declines for now. Rheumatoid arthritis, on"
            " methotrexate, no biological drug."
        ),
        icd10="C20",
        morphology="8140/3",
        stage=stage("c", "3 1b 0", "IIIB"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="None.",
        urgency=Urgency.SOON,
        results={
            "distance": found("Low", "4"),
            "biopsy": noted("Adenocarcinoma, moderately differentiated.", 15, "ES{yy}-06577"),
            "mmr": found("Deficient", "MSH2 and MSH6 lost"),
            "labs": noted("CEA 4 ng/mL, hemoglobin 12.0 g/dL, liver and kidney normal", 12),
            "pelvic_mri": noted(
                ("Low rectum 44 mm, cT3, two nodes, none at the side wall; veins and mesorectal fascia free."),
                13,
                "ER{yy}-118512",
            ),
            "ct": pending(8),
            "colonoscopy": found("Complete", days_ago=15),
            "comorbidities": noted("Rheumatoid arthritis, on methotrexate, no biological drug"),
            "medication": noted("Methotrexate, folic acid; no allergies", 7),
            "frailty": noted("4", 7),
        },
        studies=(pathology(9, "EG{yy}-00127", "Blood drawn for germline testing of MSH2 and MSH6."),),
    ),
    CaseRecord(
        patient=PatientRecord("Cornflower", "Desmond", date(1972, 4, 4), Sex.MALE, "Eastmere", "E 604418"),
        submitter="Stonecroft",
        voice=StateVoice("", Told.AGREES),
        state=CaseState.PROTOCOL_ROUTE,
        days_ago=6,
        note=(
            "Agreed standard for completely resected stage I: surveillance by colonoscopy after one year. Not"
            " discussed."
        ),
        tumor_type=TumorType.COLON,
        question_type="Surgery",
        question="For the record: follow-up after resection of a stage I sigmoid cancer.",
        summary=(
            "Laparoscopic sigmoid resection, pT2, none of 19 nodes, R0, mismatch repair proficient, no vascular or"
            " perineural invasion. CEA normal. No family history."
        ),
        icd10="C18.7",
        morphology="8140/3",
        stage=stage("p", "2 0 -", "I"),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Laparoscopic sigmoid resection.",
        results={
            "type_grade": noted("Sigmoid: adenocarcinoma, moderately differentiated, R0.", 12, "ES{yy}-06690"),
            "deposits_perineural": noted("0 of 19 nodes; no deposits, no perineural invasion.", 12, "ES{yy}-06690"),
            "mmr": found("Proficient"),
            "cea": noted("2.1", 20),
            "labs": noted("Blood count, liver and kidney normal", 20),
            "colonoscopy": found("Complete", days_ago=38),
            "ct": noted("No metastasis.", 30, "ER{yy}-117480"),
            "comorbidities": noted("None"),
            "family_history": noted("None"),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Buttercross", "Magnus", date(1955, 9, 2), Sex.MALE, "Eastmere", "E 287721"),
        submitter="Bellwether",
        team=("Tamarisk", "Duskwell", "Greywether"),
        voice=StateVoice("“Which of the two ways lets me see the garden again?”", Told.AGREES),
        state=CaseState.DISCUSSED,
        days_ago=14,
        weeks_ago=1,
        tumor_type=TumorType.BILIARY_TRACT,
        question_type="Resection",
        question=(
            "Perihilar cholangiocarcinoma, Bismuth IIIa: extended right hepatectomy after embolization, or referral"
            " for transplantation?"
        ),
        summary=(
            "Jaundice, drained from the left, bilirubin 3.4 mg/dL. Stricture of the hilum into the right second-order"
            " ducts, right portal vein narrowed, left artery free. Brush cytology malignant. Remnant 26 % before"
            " embolization. No sclerosing cholangitis."
        ),
        icd10="C24.0",
        morphology="8160/3",
        stage=stage("c", "3 0 0", "IIIA"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Biliary drainage from the left.",
        urgency=Urgency.SOON,
        results={
            "site": found("Perihilar", "Bismuth IIIa"),
            "resectability": found("Borderline", "right portal vein narrowed, left artery free", 22),
            "tissue": noted("Brush cytology: adenocarcinoma.", 18, "EC{yy}-01822"),
            "ct": noted("Remnant 26 %; liver otherwise and lungs free.", 24, "ER{yy}-117766"),
            "mrcp": noted("Bismuth IIIa, right portal vein narrowed, no metastasis.", 22, "ER{yy}-117892"),
            "liver_remnant": noted("26", 24, "ER{yy}-117766"),
            "ca19_9": noted("380", 16),
            "labs": noted("Bilirubin 3.4 mg/dL, albumin 3.4 g/dL, INR 1.2, kidney normal", 16),
            "drainage": noted("Plastic stent into the left ducts"),
            "liver_disease": found("None", "no sclerosing cholangitis"),
            "comorbidities": noted("Hypertension"),
            "frailty": noted("3", 16),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Whortleberry", "Cecily", date(1964, 11, 11), Sex.FEMALE, "Eastmere", "E 355602"),
        submitter="Tamarisk",
        team=("Stonecroft", "Redgrave-Moss", "Silverthorn"),
        needs=NeedsRecord(
            "Silverthorn",
            "“If a tablet shrinks it, I have all the time in the world.”",
            (),
            2,
            told=Told.AGREES,
            own_questions="What about her blood thinner when it bleeds?",
            social_situation="Lives with her partner, who keeps the household.",
        ),
        state=CaseState.SIGNED,
        days_ago=21,
        weeks_ago=2,
        tumor_type=TumorType.SARCOMA,
        question_type="GIST: targeted treatment",
        question=(
            "Gastrointestinal stromal tumor at the cardia: imatinib first, so that the stomach can be kept? For how"
            " long?"
        ),
        summary=(
            "Submucosal tumor below the cardia, 78 mm, found for anemia. Gastrointestinal stromal tumor, spindle"
            " cell, KIT"
            " exon 11 deletion, two mitoses in 5 mm². An operation now would be a total gastrectomy. Takes warfarin"
            " for a"
            " mechanical mitral valve."
        ),
        icd10="C16.0",
        morphology="8936/3",
        stage=stage("c", "3 0 0", "IB"),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Iron; two transfusions.",
        results={
            "kind": found("GIST", "stomach, below the cardia"),
            "size_depth": noted("7.8", 34),
            "biopsy": noted("EUS biopsy: GIST, spindle cell.", 30, "ES{yy}-06288"),
            "grade": found("Cannot be graded", "two mitoses in 5 mm²", 30, "ES{yy}-06288"),
            "kit_ihc": found("Positive"),
            "kit_genotype": found("Exon 11", "deletion, codons 557 and 558"),
            "pdgfra": found("Wild type"),
            "ct_abdomen_pelvis": noted(
                "Exophytic mass below the cardia, 78 mm; liver and peritoneum free.", 34, "ER{yy}-117330"
            ),
            "ct_thorax": noted("Lungs free.", 34, "ER{yy}-117331"),
            "specialist_board": found("Not yet"),
            "comorbidities": noted("Mechanical mitral valve; anemia, transfused"),
            "medication": noted("Warfarin; no allergies", 23),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Inkpen", "Roland", date(1959, 2, 28), Sex.MALE, "Eastmere", "E 319960"),
        submitter="Stonecroft",
        team=("Silverthorn",),
        state=CaseState.WITHDRAWN,
        days_ago=9,
        note=(
            "Obstructed two days later and had an emergency operation. He comes back as a new case with the pathology."
        ),
        tumor_type=TumorType.COLON,
        question_type="Neoadjuvant treatment",
        question="Locally advanced cancer of the left flexure: chemotherapy before resection?",
        summary=(
            "Tumor of the splenic flexure, 65 mm, contact with the spleen and the abdominal wall, mismatch repair"
            " proficient. Narrow but passable; stools thinner for four weeks."
        ),
        icd10="C18.5",
        morphology="8140/3",
        stage=stage("c", "4b 1 0", "IIIC"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="None.",
        urgency=Urgency.SOON,
        results={
            "type_grade": noted("Colonoscopic biopsy: adenocarcinoma.", 12, "ES{yy}-06684"),
            "mmr": found("Proficient"),
            "colonoscopy": found("Incomplete", days_ago=12),
            "ct": noted("Splenic flexure 65 mm, fat plane to spleen lost; liver free.", 14, "ER{yy}-118390"),
        },
    ),
)
