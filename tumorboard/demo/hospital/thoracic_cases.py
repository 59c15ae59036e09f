"""The Thoracic board's cases. Lung is staged by the ninth edition, mesothelioma and thymus by the eighth."""

from datetime import date

from tumorboard.demo.hospital.records import (
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

THORACIC_CASES = (
    CaseRecord(
        patient=PatientRecord(
            "Foxglove", "Ambrose", date(1956, 1, 31), Sex.MALE, "Larkmoor", "0031 8820", mrn_elsewhere="E 290475"
        ),
        submitter="Ashgrove",
        team=("Fennimore", "Vantongeren", "Pellander", "Winterbourne"),
        needs=NeedsRecord(
            "Pellander",
            "“I stopped smoking for this. Now I want it cut out, if it can be.” Open to a trial.",
            (Need.WORK,),
            3,
            told=Told.AGREES,
            own_questions="How much breath will he have left?",
            social_situation="Tunes pianos and works alone; married, two grown sons near by.",
        ),
        state=CaseState.ON_AGENDA,
        days_ago=8,
        tumor_type=TumorType.LUNG,
        question_type="Neoadjuvant treatment",
        question=(
            "One involved mediastinal station: chemotherapy with nivolumab and then lobectomy, or definitive"
            " chemoradiation followed by durvalumab?"
        ),
        summary=(
            "Adenocarcinoma of the right upper lobe, 38 mm. EBUS: station 4R positive, 7, 10R and 11R negative. PD-L1"
            " tumor proportion score 60 %, no EGFR, ALK or ROS1 alteration, KRAS G12C. FEV1 78 %, DLCO 66 % of"
            " predicted. Stopped smoking this month, 45 pack-years."
        ),
        icd10="C34.1",
        morphology="8140/3",
        stage=stage("c", "2a 2a 0", "IIIA", edition="9", side=Laterality.RIGHT),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="None.",
        urgency=Urgency.SOON,
        results={
            "cell_type": found("Adenocarcinoma", "TTF-1 positive", 13, "LC{yy}-03401"),
            "grade": found("G2", days_ago=13, number="LC{yy}-03401"),
            "egfr": found("Wild type"),
            "alk": found("Not rearranged"),
            "ros1": found("Not rearranged"),
            "kras": found("G12C"),
            "pdl1": noted("60"),
            "ct_chest_abdomen": noted(
                "Right upper lobe 38 mm, 4R 17 mm; liver and adrenals free.", 27, "LR{yy}-207811"
            ),
            "pet_ct": noted(
                "Right upper lobe 38 mm, SUV 14; station 4R SUV 8; no distant uptake.", 21, "LR{yy}-208402"
            ),
            "brain_mri": noted("No metastasis.", 15, "LR{yy}-208977"),
            "node_sampling": noted("EBUS: 4R positive; 7, 10R and 11R negative"),
            "fev1": noted("78", 16),
            "dlco": noted("66", 16),
            "smoking": found("Former", "45"),
            "comorbidities": noted("COPD, moderate; nothing of the heart"),
            "medication": noted("Inhaler. Penicillin: rash", 9),
            "frailty": noted("2", 9),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Moorlight", "Sabine", date(1968, 6, 12), Sex.FEMALE, "Larkmoor", "0035 2094"),
        submitter="Fennimore",
        team=("Ashgrove", "Pellander"),
        needs=NeedsRecord(
            "Pellander",
            "“I never smoked, so I do not trust luck any more. I would take the tablet for years.”",
            (Need.CHILDREN,),
            4,
            told=Told.AGREES,
            own_questions="Can she lift the little one again, and when?",
            social_situation="Cares for two grandchildren on weekdays; her daughter works nights.",
        ),
        state=CaseState.ON_AGENDA,
        days_ago=7,
        tumor_type=TumorType.LUNG,
        question_type="Adjuvant treatment",
        question=(
            "Unexpected N2 at lobectomy, EGFR exon 19 deletion: chemotherapy before osimertinib, or osimertinib alone?"
            " Any place for radiotherapy of the mediastinum?"
        ),
        summary=(
            "Thoracoscopic lobectomy left lower lobe with lymph node dissection for a clinical stage I tumor. 26 mm"
            " adenocarcinoma, acinar, R0; one of four nodes at station 7 involved, station 11 free. EGFR exon 19"
            " deletion."
            " Recovered well, never smoked, cares for two grandchildren."
        ),
        icd10="C34.3",
        morphology="8140/3",
        stage=stage("p", "1c 2a -", "IIB", edition="9", side=Laterality.LEFT),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Lobectomy left lower lobe with lymph node dissection, R0.",
        results={
            "cell_type": found("Adenocarcinoma", "acinar", 26, "LS{yy}-10102"),
            "grade": found("G2", days_ago=26, number="LS{yy}-10102"),
            "pleural_invasion": found("PL0", days_ago=26, number="LS{yy}-10102"),
            "stas": found("Absent", days_ago=26, number="LS{yy}-10102"),
            "egfr": found("Common mutation", "exon 19 deletion"),
            "alk": found("Not rearranged"),
            "pdl1": noted("5"),
            "ct_chest_abdomen": noted("Before surgery: left lower lobe 25 mm; no other lesion.", 78, "LR{yy}-203990"),
            "pet_ct": noted("Before surgery: left lower lobe SUV 6; mediastinum without uptake.", 46, "LR{yy}-206214"),
            "fev1": noted("81", 11),
            "smoking": found("Never", "0"),
            "comorbidities": noted("None"),
            "family_history": noted("None"),
        },
        studies=(
            pathology(26, "LS{yy}-10102", "Lobectomy: 26 mm, margins clear; station 7: 1 of 4, station 11: 0 of 3."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Pinecastle", "Barnaby", date(1944, 9, 23), Sex.MALE, "Larkmoor", "0012 7731"),
        submitter="Ashgrove",
        team=("Vantongeren", "Pellander"),
        state=CaseState.SUBMITTED,
        days_ago=3,
        tumor_type=TumorType.LUNG,
        case_type=CaseType.DIAGNOSIS_OPEN,
        question_type="Stereotactic radiation",
        question=(
            "Growing nodule without histology and a high risk of pneumothorax: stereotactic radiotherapy without a"
            " biopsy?"
        ),
        summary=(
            "Solid spiculated nodule of the left upper lobe, 11 to 17 mm within seven months, PET positive. Severe"
            " emphysema, FEV1 38 %, oxygen at night. Two radiologists advise against a transthoracic biopsy;"
            " navigational"
            " bronchoscopy gave no tumor cells."
        ),
        icd10="C34.1",
        stage=stage("c", "1b 0 0", "IA2", edition="9", side=Laterality.LEFT),
        performance_status=PerformanceStatus.ECOG_2,
        prior_treatment="None.",
        results={
            "cell_type": not_done("No biopsy: high risk of pneumothorax."),
            "grade": not_done("No tissue."),
            "pdl1": not_done("No tissue."),
            "ct_chest_abdomen": noted("Low-dose CT: the same nodule, 11 mm.", 220, "LR{yy}-188340"),
            "pet_ct": noted("Nodule left upper lobe 17 mm, SUV 5.1; nodes without uptake.", 12, "LR{yy}-209102"),
            "fev1": noted("38", 12),
            "dlco": pending(6),
            "comorbidities": noted("Severe emphysema, oxygen at night; peripheral artery disease"),
        },
        studies=(pathology(9, "LC{yy}-03466", "Navigational bronchoscopy, brush and lavage: no malignant cells."),),
    ),
    CaseRecord(
        patient=PatientRecord("Owlsworth", "Theodora", date(1962, 4, 6), Sex.FEMALE, "Eastmere", "E 618047"),
        submitter="Brindle",
        team=("Rowanhill",),
        voice=StateVoice("", Told.AGREES, "Will the double vision go when the tumor is out?"),
        state=CaseState.SUBMITTED,
        days_ago=2,
        tumor_type=TumorType.THYMUS,
        question_type="Induction treatment",
        question="Thymoma around the superior vena cava: chemotherapy first, or resection with a graft at once?",
        summary=(
            "Anterior mediastinal mass, 82 mm, found in the work-up of double vision; acetylcholine receptor antibodies"
            " positive, on pyridostigmine. Core biopsy: thymoma type B2. Broad contact with the superior vena cava,"
            " which"
            " is narrowed but open; no pleural deposits."
        ),
        icd10="C37",
        morphology="8584/3",
        stage=stage("c", "3 0 0", "IIIA"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Pyridostigmine.",
        urgency=Urgency.SOON,
        results={
            "who_type": found("B2", days_ago=8, number="ES{yy}-06741"),
            "ct_chest": noted(
                "Mass 82 mm, superior vena cava narrowed by half but open; lung and pleura free.", 11, "ER{yy}-118730"
            ),
            "resectability": found("Borderline", "superior vena cava"),
            "myasthenia": found("Myasthenia", "on pyridostigmine"),
            "achr_antibodies": found("Positive", days_ago=16),
            "lung_function": pending(7),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Saltmarsh", "Ezekiel", date(1951, 12, 14), Sex.MALE, "Larkmoor", "0026 4409"),
        submitter="Cloudesley",
        team=("Halloway", "Greywether", "Pellander", "Birdsong"),
        needs=NeedsRecord(
            "Birdsong",
            "“I built ships for forty years. I want to walk to the water and back.”",
            (Need.MONEY, Need.TRANSPORT),
            5,
            told=Told.AGREES,
            own_questions="Does his wife, who washed his overalls, have to be examined too?",
            social_situation="Lives with his wife on the second floor without a lift; compensation not claimed yet.",
        ),
        state=CaseState.ACCEPTED,
        days_ago=9,
        tumor_type=TumorType.MESOTHELIOMA,
        question_type="First-line systemic treatment",
        question=(
            "Epithelioid mesothelioma with a trapped lung: ipilimumab and nivolumab, or chemotherapy with pemetrexed?"
            " Indwelling catheter, or surgery of the pleura?"
        ),
        summary=(
            "Breathless for three months, right effusion drained twice, lung does not expand. Thoracoscopic biopsy:"
            " epithelioid mesothelioma, BAP1 lost; second reading from London agrees. Forty years in a shipyard."
            " Coronary"
            " stents four years ago, walks 300 m."
        ),
        icd10="C45.0",
        morphology="9052/3",
        stage=stage("c", "2 0 0", "IB", system="uicc", side=Laterality.RIGHT),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Two drainages, thoracoscopy.",
        results={
            "site": found("Pleura, right"),
            "cell_type": found("Epithelioid", "calretinin and WT1 positive", 22, "LS{yy}-10433"),
            "biopsy_way": found("Thoracoscopy", "second reading from London agrees", 22, "LS{yy}-10433"),
            "bap1_mtap": found("Lost", "BAP1"),
            "ct_chest_abdomen": noted(
                "Nodular pleural thickening right up to 14 mm, diaphragm involved, trapped lung.", 17, "LR{yy}-208699"
            ),
            "symptoms": noted("Drained twice; breathless on one flight of stairs; no pain; 2 kg lost", 10),
            "labs": noted("Hemoglobin 12.1 g/dL, platelets 410, creatinine normal", 10),
            "asbestos": found("Known", "shipyard, forty years"),
            "comorbidities": noted("Coronary stents four years ago; walks 300 m"),
            "medication": noted("Aspirin, atorvastatin; no allergies", 10),
            "frailty": noted("4", 10),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Cobblestone", "Minnie", date(1959, 8, 8), Sex.FEMALE, "Larkmoor", "0030 6617"),
        submitter="Cloudesley",
        typed_by="Inchbald",
        team=("Vantongeren", "Pellander", "Birdsong"),
        needs=NeedsRecord(
            "Birdsong",
            "“Nobody home at night frightens me more than the scan.”",
            (Need.LIVING_ALONE, Need.TRANSPORT),
            7,
            told=Told.AGREES,
            own_questions="Could she sleep near the hospital while the radiation goes on?",
            social_situation="Lives alone, 70 km away, and does not drive; a cousin comes on Sundays.",
        ),
        state=CaseState.ACCEPTED,
        days_ago=4,
        tumor_type=TumorType.SMALL_CELL_LUNG,
        question_type="Chemoradiation",
        question=(
            "Limited-stage small cell carcinoma, first cycle given: thoracic radiotherapy twice a day, or once a day"
            " to a"
            " higher dose? Brain: prophylactic radiotherapy, or MRI every three months?"
        ),
        summary=(
            "Small cell carcinoma, left hilum, 44 mm, with left paratracheal and subcarinal nodes. Brain MRI free."
            " Hyponatremia of 126 mmol/L corrected; first cycle of cisplatin and etoposide without complications. Lives"
            " 70 km away and does not drive."
        ),
        icd10="C34.9",
        morphology="8041/3",
        stage=stage("c", "2b 2b 0", "IIIB", edition="9", side=Laterality.LEFT),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Cisplatin and etoposide, cycle 1.",
        urgency=Urgency.URGENT,
        results={
            "biopsy": noted("EBUS 4L and 7: pure small cell carcinoma, Ki-67 90 %.", 18, "LC{yy}-03355"),
            "ct_chest_abdomen": noted("Left hilum 44 mm, 4L and 7 enlarged; abdomen free.", 21, "LR{yy}-208370"),
            "pet_ct": noted("Left hilum 44 mm, stations 4L and 7; no distant uptake.", 19, "LR{yy}-208511"),
            "brain_imaging": noted("MRI: no metastasis.", 17, "LR{yy}-208702"),
            "labs": noted(
                ("Sodium 136 mmol/L, was 126; LDH 1.3 times the upper limit; counts before cycle 2 normal."), 6
            ),
            "smoking": found("Current", "38"),
            "paraneoplastic": found("Found", "low sodium, corrected"),
            "lung_function": pending(8),
            "comorbidities": noted("COPD, mild; osteoporosis"),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Thornapple", "Gideon", date(1965, 5, 27), Sex.MALE, "Larkmoor", "0033 9005"),
        submitter="Fennimore",
        team=("Pellander",),
        needs=NeedsRecord(
            "Pellander",
            "“First the pain, then the rest.”",
            (Need.WORK, Need.MONEY),
            6,
            told=Told.AGREES,
            own_questions="Will the hand come back?",
            social_situation="Roofer, self-employed, no sick pay; his wife works half days.",
        ),
        state=CaseState.RETURNED,
        days_ago=5,
        note=(
            "The brain MRI is missing; the CT of the head is three months old. The board does not plan "
            "surgery of a superior sulcus tumor without it."
        ),
        tumor_type=TumorType.LUNG,
        question_type="Chemoradiation",
        question=(
            "Superior sulcus tumor with pain in the arm: chemoradiation and then resection with the first two ribs?"
        ),
        summary=(
            "Squamous cell carcinoma of the right apex, 52 mm, first and second rib involved, brachial plexus C8 and T1"
            " in contact but not encased on MRI, vertebra free. EBUS of 4R, 7 and 10R negative. Pain 7 of 10 on"
            " oxycodone, weaker grip on the right."
        ),
        icd10="C34.1",
        morphology="8070/3",
        stage=stage("c", "3 0 0", "IIB", edition="9", side=Laterality.RIGHT),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="None.",
        urgency=Urgency.SOON,
        results={
            "cell_type": found("Squamous", days_ago=11, number="LS{yy}-10688"),
            "grade": found("G2", days_ago=11, number="LS{yy}-10688"),
            "pdl1": noted("10"),
            "ct_chest_abdomen": noted(
                "Right apex 52 mm, ribs 1 and 2 involved; liver and adrenals free.", 18, "LR{yy}-208597"
            ),
            "pet_ct": noted("Right apex SUV 17; nodes and rest without uptake.", 13, "LR{yy}-208998"),
            "brain_mri": noted("CT of the head, outside, without contrast: nothing seen.", 96, "OUT-49105"),
            "node_sampling": noted("EBUS: 4R, 7 and 10R negative"),
            "fev1": noted("84", 9),
            "dlco": noted("72", 9),
            "smoking": found("Former", "30"),
            "comorbidities": noted("None"),
            "medication": noted("Oxycodone, ibuprofen; no allergies", 6),
        },
        studies=(
            imaging(14, "LR{yy}-208910", "MRI thoracic inlet: contact with C8 and T1, not encased; vertebra free."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Millwhistle", "Agatha", date(1953, 10, 16), Sex.FEMALE, "Larkmoor", "0025 1372"),
        submitter="Ashgrove",
        team=("Vantongeren", "Pellander", "Greywether"),
        needs=NeedsRecord(
            "Pellander",
            "“The tablet has been good to me. Do not take it away for one spot.”",
            (),
            3,
            told=Told.AGREES,
            social_situation="Retired teacher; lives with her sister.",
        ),
        state=CaseState.DEFERRED,
        days_ago=13,
        weeks_ago=1,
        note=(
            "The PET/CT from outside could not be opened. Radiology asks for it again; listed again when it can be"
            " shown."
        ),
        tumor_type=TumorType.LUNG,
        case_type=CaseType.RECURRENCE,
        question_type="Progression",
        question=(
            "One growing adrenal metastasis on osimertinib: local treatment and the same drug, or a change of drug?"
        ),
        summary=(
            "Adenocarcinoma with EGFR L858R, lung, mediastinum and left adrenal, on osimertinib for 19 months. All"
            " sites"
            " in remission but the left adrenal, 18 to 34 mm in four months. No symptoms, brain MRI free. Liquid"
            " biopsy:"
            " L858R only, no C797S, no MET amplification."
        ),
        icd10="C34.1",
        morphology="8140/3",
        stage=stage("c", "1c 2a 1b", "IVA", edition="9", side=Laterality.RIGHT),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Osimertinib for 19 months.",
        results={
            "cell_type": found("Adenocarcinoma", days_ago=610, number="LS{yy}-02017"),
            "grade": not_done("Small biopsy, not graded."),
            "egfr": found("Common mutation", "L858R; no C797S"),
            "alk": found("Not rearranged"),
            "ros1": found("Not rearranged"),
            "kras": found("Wild type"),
            "braf": found("Wild type"),
            "met_exon14": found("Not found", "no MET amplification"),
            "ret": found("Not rearranged"),
            "ntrk": found("Not rearranged"),
            "her2": found("Wild type"),
            "pdl1": noted("20"),
            "ct_chest_abdomen": noted(
                "Left adrenal 34 mm, was 18 mm four months ago; lung and nodes in remission.", 27, "LR{yy}-207840"
            ),
            "pet_ct": pending(19),
            "brain_mri": noted("No metastasis.", 25, "LR{yy}-207967"),
            "smoking": found("Never", "0"),
            "disease_status": found("Progression", days_ago=27),
            "comorbidities": noted("Hypertension; QTc 440 ms"),
            "frailty": noted("3", 14),
        },
        studies=(pathology(20, "LX{yy}-00902", "Plasma DNA: EGFR L858R 1.2 %; no resistance alteration."),),
    ),
    CaseRecord(
        patient=PatientRecord("Dewberry", "Horatio", date(1960, 7, 19), Sex.MALE, "Larkmoor", "0032 4471"),
        submitter="Fennimore",
        team=("Ashgrove", "Pellander"),
        needs=NeedsRecord(
            "Pellander",
            "“Not another big cut, unless there is no way around it.”",
            (),
            2,
            told=Told.AGREES,
            social_situation="Married; sails at weekends.",
        ),
        state=CaseState.DISCUSSED,
        days_ago=14,
        weeks_ago=1,
        tumor_type=TumorType.LUNG,
        case_type=CaseType.DIAGNOSIS_OPEN,
        question_type="Resectable: surgery or not",
        question=(
            "Second part-solid nodule two years after lobectomy: segmentectomy, stereotactic radiotherapy, or wait?"
        ),
        summary=(
            "Right upper lobectomy two years ago for a lepidic adenocarcinoma, pT1b pN0. Now a part-solid nodule left"
            " lower lobe, 22 mm with a solid part of 14 mm, and two pure ground-glass nodules of 6 mm that have not"
            " changed."
            " FEV1 70 % of predicted. Taken as a second primary."
        ),
        icd10="C34.3",
        stage=stage("c", "1b 0 0", "IA2", edition="9", side=Laterality.LEFT),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Lobectomy right upper lobe two years ago.",
        results={
            "cell_type": not_done("No biopsy of this nodule yet."),
            "grade": not_done("No tissue."),
            "pdl1": not_done("No tissue."),
            "ct_chest_abdomen": noted(
                ("Part-solid nodule left lower lobe 22 mm, solid part 14 mm; two ground-glass nodules, unchanged."),
                22,
                "LR{yy}-208288",
            ),
            "pet_ct": noted("Solid part SUV 2.4; no nodal uptake.", 18, "LR{yy}-208640"),
            "separate_nodules": found("Same lobe", "two of pure ground glass, 6 mm"),
            "fev1": noted("70", 20),
            "dlco": noted("68", 20),
            "smoking": found("Former", "20"),
            "comorbidities": noted("None since the lobectomy"),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Nettlefold", "Prudence", date(1972, 2, 23), Sex.FEMALE, "Larkmoor", "0037 7763"),
        submitter="Ashgrove",
        team=("Vantongeren", "Pellander", "Winterbourne"),
        needs=NeedsRecord(
            "Pellander",
            "“I can swallow again. Give me some weeks at home before the next thing.”",
            (Need.CHILDREN, Need.WORK),
            5,
            told=Told.AGREES,
            own_questions="Is a tablet for years better than a year of infusions?",
            social_situation="Son of 15 at home; works in a nursery garden, on sick leave.",
        ),
        state=CaseState.SIGNED,
        days_ago=20,
        weeks_ago=2,
        tumor_type=TumorType.LUNG,
        case_type=CaseType.RE_DISCUSSION,
        question_type="Chemoradiation",
        question=(
            "Unresectable stage III with an ALK fusion, chemoradiation completed: durvalumab, or an ALK inhibitor?"
        ),
        summary=(
            "Adenocarcinoma of the right lower lobe, 61 mm, stations 4R and 7. Chemoradiation to 60 Gy with cisplatin"
            " and"
            " pemetrexed ended three weeks ago with a partial response. The fusion (EML4-ALK, variant 3) was reported"
            " after treatment had begun; PD-L1 70 %. Grade 1 esophagitis, no pneumonitis."
        ),
        icd10="C34.3",
        morphology="8140/3",
        stage=stage("c", "3 2b 0", "IIIB", edition="9", side=Laterality.RIGHT),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Chemoradiation, 60 Gy with cisplatin and pemetrexed.",
        decisions=(
            DecisionRecord(
                100, "Thoracic board, Larkmoor", "Chemoradiation to 60 Gy, then durvalumab.", Fate.NOT_KNOWN
            ),
        ),
        results={
            "cell_type": found("Adenocarcinoma", days_ago=112, number="LS{yy}-06980"),
            "grade": found("G3", days_ago=112, number="LS{yy}-06980"),
            "egfr": found("Wild type"),
            "alk": found("Rearranged", "EML4-ALK, variant 3"),
            "pdl1": noted("70"),
            "ct_chest_abdomen": noted(
                "Right lower lobe 35 mm, was 61 mm; nodes smaller; no pneumonitis.", 26, "LR{yy}-207866"
            ),
            "brain_mri": noted("No metastasis.", 26, "LR{yy}-207870"),
            "node_sampling": noted("EBUS before treatment: 4R and 7 positive, 10R negative"),
            "smoking": found("Former", "5"),
            "disease_status": found("Response", days_ago=26),
            "comorbidities": noted("None; esophagitis grade 1"),
        },
        studies=(pathology(95, "LX{yy}-00677", "RNA panel: EML4-ALK variant 3."),),
    ),
    CaseRecord(
        patient=PatientRecord("Candlewick", "Alasdair", date(1948, 11, 30), Sex.MALE, "Larkmoor", "0019 2238"),
        submitter="Cloudesley",
        state=CaseState.WITHDRAWN,
        days_ago=8,
        note="He has moved to his daughter and goes on with treatment there. Records were sent.",
        tumor_type=TumorType.LUNG,
        case_type=CaseType.RECURRENCE,
        question_type="Progression",
        question="Second-line treatment of squamous cell carcinoma after chemotherapy with pembrolizumab?",
        summary=(
            "Squamous cell carcinoma, lung and bone, progressing after four cycles of carboplatin, paclitaxel and"
            " pembrolizumab and five months of maintenance. PD-L1 1 %. Pain of the left hip, radiotherapy 8 Gy once."
        ),
        icd10="C34.9",
        morphology="8070/3",
        stage=stage("c", "4 2b 1c1", "IVB", edition="9", side=Laterality.LEFT),
        performance_status=PerformanceStatus.ECOG_2,
        prior_treatment="Carboplatin, paclitaxel, pembrolizumab; 8 Gy to the left hip.",
        results={
            "cell_type": found("Squamous"),
            "pdl1": noted("1"),
            "ct_chest_abdomen": noted("Primary 58 mm and growing, new lesions of the left ilium.", 14, "LR{yy}-208874"),
            "disease_status": found("Progression", days_ago=14),
        },
    ),
    CaseRecord(
        patient=PatientRecord("Wickersedge", "Maud", date(1957, 3, 3), Sex.FEMALE, "Larkmoor", "0029 5516"),
        submitter="Ashgrove",
        state=CaseState.DRAFT,
        days_ago=2,
        tumor_type=TumorType.LUNG,
        question_type="Resectable: surgery or not",
        question="Is the contralateral nodule a metastasis or a second primary?",
        summary="Adenocarcinoma right upper lobe, 29 mm; left lower lobe nodule 9 mm, SUV 1.8.",
        icd10="C34.1",
        morphology="8140/3",
        stage=stage("c", "1c 0 -", edition="9", side=Laterality.RIGHT),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="",
        results={
            "cell_type": found("Adenocarcinoma", days_ago=9, number="LS{yy}-10811"),
            "egfr": pending(9),
            "alk": pending(9),
            "pdl1": noted("30"),
            "pet_ct": noted("Right upper lobe 29 mm, SUV 7; left lower lobe 9 mm, SUV 1.8.", 6, "LR{yy}-209377"),
            "separate_nodules": found("Other side", "9 mm"),
            "smoking": found("Former", "25"),
        },
    ),
)
