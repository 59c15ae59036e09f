"""The Gastrointestinal board's cases. Staged by AJCC, eighth edition, unless another system is named."""

from datetime import date

from tumorboard.demo.hospital.breast_cases import PEBBLETON
from tumorboard.demo.hospital.records import (
    NOT_STAGED,
    CaseRecord,
    PatientRecord,
    imaging,
    pathology,
    stage,
    staged_otherwise,
)
from tumorboard.vocabulary import CaseState, PerformanceStatus, Sex, StageSystem, TumorType, Urgency

BARLEYMOW = PatientRecord(
    "Barleymow", "Winston", date(1963, 10, 10), Sex.MALE, "Eastmere", "E 447190", mrn_elsewhere="0034 6128"
)
"""Discussed three weeks ago, and back with the answer that the board asked for."""

GI_CASES = (
    CaseRecord(
        patient=BARLEYMOW,
        submitter="Stonecroft",
        team=("Tamarisk", "Silverthorn"),
        state=CaseState.SIGNED,
        days_ago=27,
        weeks_ago=3,
        tumor_type=TumorType.RECTUM,
        question="Rectal cancer and a liver lesion that CT cannot name: what has to be known before treatment begins?",
        summary=(
            "Adenocarcinoma of the mid rectum, 8 cm from the anal verge, extramural vascular invasion on MRI,"
            " mesorectal"
            " fascia free by 3 mm. Liver lesion of 17 mm in segment VI, too small to be characterized on CT. CEA 14"
            " ng/mL."
            " Mild bleeding, no obstruction."
        ),
        stage=stage("c", "3 1b 0", "IIIB"),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="None.",
        studies=(
            imaging(
                36,
                "ER{yy}-117204",
                "Pelvic MRI: cT3b, two suspicious nodes, EMVI positive, mesorectal fascia free by 3 mm.",
            ),
            imaging(
                35, "ER{yy}-117266", "CT chest and abdomen: liver lesion segment VI, 17 mm, indeterminate; lungs free."
            ),
            pathology(
                40,
                "ES{yy}-06102",
                "Rectal biopsy: adenocarcinoma, moderately differentiated, mismatch repair proficient.",
            ),
        ),
    ),
    CaseRecord(
        patient=BARLEYMOW,
        submitter="Stonecroft",
        team=("Bellwether", "Winterbourne"),
        state=CaseState.ON_AGENDA,
        days_ago=7,
        tumor_type=TumorType.RECTUM,
        question=(
            "The liver lesion is a metastasis: short-course radiotherapy and then chemotherapy, or chemotherapy alone"
            " first? Ablation or resection of the liver, and in which order?"
        ),
        summary=(
            "Liver MRI with a hepatobiliary agent, as the board asked: two metastases, 18 mm in segment VI and 9 mm in"
            " segment VII, both resectable. RAS and BRAF wild type, mismatch repair proficient. Fit, runs 5 km twice a"
            " week; would accept a stoma for a time."
        ),
        stage=stage("c", "3 1b 1a", "IVA"),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="None.",
        urgency=Urgency.SOON,
        studies=(
            imaging(
                11,
                "ER{yy}-118402",
                "Liver MRI: metastases of 18 mm (segment VI) and 9 mm (segment VII); no other lesion.",
            ),
            pathology(10, "EX{yy}-00518", "Sequencing of the biopsy: KRAS, NRAS and BRAF wild type."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Greengage", "Lavinia", date(1957, 5, 15), Sex.FEMALE, "Eastmere", "E 530066"),
        submitter="Tamarisk",
        team=("Stonecroft", "Haverley", "Applecross", "Silverthorn"),
        state=CaseState.ON_AGENDA,
        days_ago=8,
        tumor_type=TumorType.ESOPHAGUS,
        question=(
            "Adenocarcinoma of the gastroesophageal junction: perioperative FLOT with durvalumab, or preoperative"
            " chemoradiation? Is she fit for either, and for a thoracoabdominal operation?"
        ),
        summary=(
            "Dysphagia for solids, 9 kg lost in three months. Siewert type II tumor from 36 to 41 cm, moderately"
            " differentiated, HER2 negative, mismatch repair proficient, PD-L1 combined positive score 5, claudin 18.2"
            " positive. Staging laparoscopy free, washings negative. Eats puréed food; nutrition has seen her."
        ),
        stage=stage("c", "3 1 0", "III"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="None; oral supplements.",
        urgency=Urgency.SOON,
        studies=(
            imaging(18, "ER{yy}-118111", "PET/CT: junction SUV 12, two lesser curve nodes; no distant uptake."),
            imaging(15, "EE{yy}-02240", "Endoscopic ultrasound: uT3, uN1, passable."),
            pathology(24, "ES{yy}-06433", "Biopsy: adenocarcinoma, HER2 0, MMR proficient, CPS 5, claudin 18.2 80 %."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord(
            "Teasel", "Mortimer", date(1950, 8, 26), Sex.MALE, "Eastmere", "E 218834", mrn_elsewhere="0014 9071"
        ),
        submitter="Bellwether",
        team=("Tamarisk", "Duskwell", "Silverthorn"),
        state=CaseState.ON_AGENDA,
        days_ago=9,
        tumor_type=TumorType.LIVER,
        question=(
            "Three hepatocellular carcinomas in one lobe: chemoembolization, with or without systemic treatment, or"
            " resection?"
        ),
        summary=(
            "Steatohepatitis with compensated cirrhosis, Child-Pugh A5, platelets 138, no varices. Three lesions of the"
            " right lobe, 48, 31 and 22 mm, typical in all phases (LI-RADS 5); portal vein open. AFP 210 ng/mL. Future"
            " liver remnant after right hepatectomy 31 %."
        ),
        stage=staged_otherwise("B", StageSystem.BCLC, "2022"),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="None.",
        studies=(
            imaging(
                16,
                "ER{yy}-118260",
                "Multiphase MRI liver: three LI-RADS 5 lesions, 48, 31, 22 mm; no vascular invasion.",
            ),
            imaging(12, "ER{yy}-118577", "CT volumetry: remnant 31 % after right hepatectomy. Chest free."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Huckaback", "Delphine", date(1970, 1, 12), Sex.FEMALE, "Eastmere", "E 672310"),
        submitter="Bellwether",
        team=("Tamarisk", "Silverthorn", "Applecross"),
        state=CaseState.SUBMITTED,
        days_ago=3,
        tumor_type=TumorType.PANCREAS,
        question=(
            "Borderline resectable by the portal vein: FOLFIRINOX for how many cycles, and what decides on the"
            " operation?"
        ),
        summary=(
            "Painless jaundice, metal stent placed, bilirubin 2.1 mg/dL and falling. Adenocarcinoma of the pancreatic"
            " head, 34 mm, contact of more than 180° with the portal vein, which can be reconstructed; arteries free."
            " CA 19-9 410 U/mL after drainage. Germline testing sent."
        ),
        stage=stage("c", "2 0 0", "IB"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Biliary stent.",
        urgency=Urgency.SOON,
        studies=(
            imaging(
                12,
                "ER{yy}-118590",
                "Pancreas CT: head 34 mm, portal vein more than 180°, SMA and celiac axis free; liver free.",
            ),
            pathology(10, "EC{yy}-01877", "EUS fine needle biopsy: ductal adenocarcinoma."),
        ),
    ),
    CaseRecord(
        patient=PEBBLETON,
        submitter="Tamarisk",
        team=("Bellwether",),
        state=CaseState.SUBMITTED,
        days_ago=2,
        tumor_type=TumorType.PANCREAS,
        question=(
            "Cystic lesion of the pancreatic tail and a germline BRCA2 variant: operate, aspirate, or follow up by MRI?"
        ),
        summary=(
            "Found on the staging CT of a breast cancer that needs adjuvant chemotherapy. Branch-duct type, 24 mm, a"
            " mural"
            " nodule of 4 mm without clear enhancement, main duct 4 mm. No symptoms, CA 19-9 normal, no new diabetes."
        ),
        stage=NOT_STAGED,
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Mastectomy and axillary dissection for breast cancer; adjuvant treatment being planned.",
        studies=(
            imaging(
                10,
                "ER{yy}-118655",
                "Pancreas MRI with MRCP: branch-duct lesion of the tail, 24 mm, nodule 4 mm, main duct 4 mm.",
            ),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Marchpane", "Ivor", date(1938, 6, 1), Sex.MALE, "Eastmere", "E 100382"),
        submitter="Brindle",
        team=("Stonecroft", "Silverthorn", "Amberley"),
        state=CaseState.SUBMITTED,
        days_ago=1,
        tumor_type=TumorType.COLON,
        question="Stage III, mismatch repair deficient, in a patient in his late eighties: any adjuvant treatment?",
        summary=(
            "Right hemicolectomy four weeks ago for a bleeding tumor of the ascending colon, recovered at home within"
            " two"
            " weeks. pT3, two of 22 nodes, MLH1 and PMS2 lost with BRAF V600E, so sporadic. Walks daily, manages his"
            " own"
            " affairs; hearing aid, mild renal impairment."
        ),
        stage=stage("p", "3 1b -", "IIIB"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Right hemicolectomy.",
        studies=(
            imaging(36, "ER{yy}-117198", "CT chest and abdomen before surgery: no metastasis."),
            pathology(
                25,
                "ES{yy}-06398",
                "Hemicolectomy: adenocarcinoma, poorly differentiated, nodes 2 of 22; MLH1 and PMS2 lost, BRAF V600E.",
            ),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Sweetbriar", "Nadia", date(1981, 12, 22), Sex.FEMALE, "Eastmere"),
        submitter="Brindle",
        team=("Applecross", "Silverthorn", "Amberley"),
        state=CaseState.RETURNED,
        days_ago=4,
        note=(
            "HER2, mismatch repair, PD-L1 and claudin 18.2 are needed before the drugs can be discussed. Has the"
            " biopsy enough tissue?"
        ),
        tumor_type=TumorType.STOMACH,
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
        stage=stage("c", "4a 1 1", "IVB"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="None.",
        urgency=Urgency.URGENT,
        studies=(
            imaging(
                9,
                "OUT-38127",
                "CT abdomen, outside: wall thickening of the gastric body, omental stranding, little ascites.",
            ),
            pathology(
                7, "ES{yy}-06803", "Gastric and peritoneal biopsies: poorly cohesive carcinoma with signet ring cells."
            ),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Linnetsong", "Clement", date(1967, 3, 18), Sex.MALE, "Eastmere", "E 391755"),
        submitter="Tamarisk",
        team=("Bellwether", "Duskwell", "Silverthorn"),
        state=CaseState.ACCEPTED,
        days_ago=11,
        tumor_type=TumorType.NEUROENDOCRINE,
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
        stage=stage("p", "3 1 1a", "IV"),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Resection of the ileal primary; lanreotide 120 mg every four weeks for two years.",
        studies=(
            imaging(
                20, "ER{yy}-118044", "DOTATATE PET/CT: liver metastases in both lobes, Krenning 4; no bone lesion."
            ),
            imaging(19, "ER{yy}-118070", "Multiphase CT: largest metastasis 41 mm, was 33 mm a year ago."),
            pathology(740, "ES{yy}-01120", "Ileum: neuroendocrine tumor, grade 2, Ki-67 6 %, nodes 3 of 9."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Fiddleback", "Eunice", date(1946, 7, 7), Sex.FEMALE, "Eastmere", "E 155094"),
        submitter="Stonecroft",
        team=("Tamarisk", "Haverley", "Silverthorn", "Amberley"),
        state=CaseState.ACCEPTED,
        days_ago=5,
        tumor_type=TumorType.RECTUM,
        question=(
            "Mismatch repair deficient cancer of the low rectum: immunotherapy alone with the aim of keeping the"
            " rectum?"
        ),
        summary=(
            "Adenocarcinoma 4 cm from the anal verge, 44 mm, cT3 with two nodes, mesorectal fascia free. MSH2 and MSH6"
            " lost. An operation would mean a permanent stoma, which she declines for now. Rheumatoid arthritis, on"
            " methotrexate, no biological drug."
        ),
        stage=stage("c", "3 1b 0", "IIIB"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="None.",
        urgency=Urgency.SOON,
        studies=(
            imaging(
                13,
                "ER{yy}-118512",
                "Pelvic MRI: low rectum 44 mm, cT3, two nodes, mesorectal fascia free, EMVI negative.",
            ),
            pathology(15, "ES{yy}-06577", "Biopsy: adenocarcinoma, MSH2 and MSH6 lost. Genetics informed."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Cornflower", "Desmond", date(1972, 4, 4), Sex.MALE, "Eastmere", "E 604418"),
        submitter="Stonecroft",
        state=CaseState.PROTOCOL_ROUTE,
        days_ago=6,
        note=(
            "Agreed standard for completely resected stage I: surveillance by colonoscopy after one year. Not"
            " discussed."
        ),
        tumor_type=TumorType.COLON,
        question="For the record: follow-up after resection of a stage I sigmoid cancer.",
        summary=(
            "Laparoscopic sigmoid resection, pT2, none of 19 nodes, R0, mismatch repair proficient, no vascular or"
            " perineural invasion. CEA normal. No family history."
        ),
        stage=stage("p", "2 0 -", "I"),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Laparoscopic sigmoid resection.",
        studies=(
            pathology(
                12, "ES{yy}-06690", "Sigmoid: adenocarcinoma, moderately differentiated, pT2, nodes 0 of 19, R0."
            ),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Buttercross", "Magnus", date(1955, 9, 2), Sex.MALE, "Eastmere", "E 287721"),
        submitter="Bellwether",
        team=("Tamarisk", "Duskwell", "Greywether"),
        state=CaseState.DISCUSSED,
        days_ago=14,
        weeks_ago=1,
        tumor_type=TumorType.BILIARY_TRACT,
        question=(
            "Perihilar cholangiocarcinoma, Bismuth IIIa: extended right hepatectomy after embolization, or referral"
            " for transplantation?"
        ),
        summary=(
            "Jaundice, drained from the left, bilirubin 3.4 mg/dL. Stricture of the hilum into the right second-order"
            " ducts, right portal vein narrowed, left artery free. Brush cytology malignant. Remnant 26 % before"
            " embolization. No sclerosing cholangitis."
        ),
        stage=stage("c", "3 0 0", "IIIA"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Biliary drainage from the left.",
        urgency=Urgency.SOON,
        studies=(
            imaging(22, "ER{yy}-117892", "MRI with MRCP: Bismuth IIIa, right portal vein narrowed, no metastasis."),
            pathology(18, "EC{yy}-01822", "Brush cytology: adenocarcinoma."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Whortleberry", "Cecily", date(1964, 11, 11), Sex.FEMALE, "Eastmere", "E 355602"),
        submitter="Tamarisk",
        team=("Stonecroft", "Redgrave-Moss", "Silverthorn"),
        state=CaseState.SIGNED,
        days_ago=21,
        weeks_ago=2,
        tumor_type=TumorType.OTHER,
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
        stage=stage("c", "3 0 0", "IB"),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Iron; two transfusions.",
        studies=(
            imaging(
                34, "ER{yy}-117330", "CT abdomen: exophytic mass below the cardia, 78 mm; liver and peritoneum free."
            ),
            pathology(
                30, "ES{yy}-06288", "EUS biopsy: GIST, KIT exon 11 deletion (codons 557 and 558), two mitoses in 5 mm²."
            ),
        ),
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
        question="Locally advanced cancer of the left flexure: chemotherapy before resection?",
        summary=(
            "Tumor of the splenic flexure, 65 mm, contact with the spleen and the abdominal wall, mismatch repair"
            " proficient. Narrow but passable; stools thinner for four weeks."
        ),
        stage=stage("c", "4b 1 0", "IIIC"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="None.",
        urgency=Urgency.SOON,
        studies=(
            imaging(14, "ER{yy}-118390", "CT abdomen: splenic flexure 65 mm, fat plane to spleen lost; liver free."),
            pathology(12, "ES{yy}-06684", "Colonoscopic biopsy: adenocarcinoma, mismatch repair proficient."),
        ),
    ),
)
