"""The Thoracic board's cases. Lung is staged by the ninth edition, mesothelioma and thymus by the eighth."""

from datetime import date

from tumorboard.demo.hospital.records import CaseRecord, NeedsRecord, PatientRecord, imaging, pathology, stage
from tumorboard.vocabulary import CaseState, Need, PerformanceStatus, Sex, TumorType, Urgency

THORACIC_CASES = (
    CaseRecord(
        patient=PatientRecord(
            "Foxglove", "Ambrose", date(1956, 1, 31), Sex.MALE, "Larkmoor", "0031 8820", mrn_elsewhere="E 290475"
        ),
        submitter="Ashgrove",
        team=("Fennimore", "Vantongeren", "Pellander", "Winterbourne"),
        state=CaseState.ON_AGENDA,
        days_ago=8,
        tumor_type=TumorType.LUNG,
        question=(
            "One involved mediastinal station: chemotherapy with nivolumab and then lobectomy, or definitive"
            " chemoradiation followed by durvalumab?"
        ),
        summary=(
            "Adenocarcinoma of the right upper lobe, 38 mm. EBUS: station 4R positive, 7, 10R and 11R negative. PD-L1"
            " tumor proportion score 60 %, no EGFR, ALK or ROS1 alteration, KRAS G12C. FEV1 78 %, DLCO 66 % of"
            " predicted. Stopped smoking this month, 45 pack-years."
        ),
        stage=stage("c", "2a 2a 0", "IIIA", edition="9"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="None.",
        urgency=Urgency.SOON,
        studies=(
            imaging(
                21, "LR{yy}-208402", "PET/CT: right upper lobe 38 mm, SUV 14; station 4R SUV 8; no distant uptake."
            ),
            imaging(15, "LR{yy}-208977", "Brain MRI: no metastasis."),
            pathology(13, "LC{yy}-03401", "EBUS: 4R adenocarcinoma, TTF-1 positive; 7, 10R, 11R negative. PD-L1 60 %."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Moorlight", "Sabine", date(1968, 6, 12), Sex.FEMALE, "Larkmoor", "0035 2094"),
        submitter="Fennimore",
        team=("Ashgrove", "Pellander"),
        state=CaseState.ON_AGENDA,
        days_ago=7,
        tumor_type=TumorType.LUNG,
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
        stage=stage("p", "1c 2a -", "IIB", edition="9"),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Lobectomy left lower lobe with lymph node dissection, R0.",
        studies=(
            imaging(
                50, "LR{yy}-206214", "PET/CT before surgery: left lower lobe 25 mm, SUV 6; mediastinum without uptake."
            ),
            pathology(
                26,
                "LS{yy}-10102",
                "Lobectomy: adenocarcinoma 26 mm, margins clear; station 7 1 of 4. EGFR exon 19 deletion, PD-L1 5 %.",
            ),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Pinecastle", "Barnaby", date(1944, 9, 23), Sex.MALE, "Larkmoor", "0012 7731"),
        submitter="Ashgrove",
        team=("Vantongeren", "Pellander"),
        state=CaseState.SUBMITTED,
        days_ago=3,
        tumor_type=TumorType.LUNG,
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
        stage=stage("c", "1b 0 0", "IA2", edition="9"),
        performance_status=PerformanceStatus.ECOG_2,
        prior_treatment="None.",
        studies=(
            imaging(12, "LR{yy}-209102", "PET/CT: nodule left upper lobe 17 mm, SUV 5.1; nodes without uptake."),
            imaging(220, "LR{yy}-188340", "Low-dose CT: the same nodule, 11 mm."),
            pathology(9, "LC{yy}-03466", "Navigational bronchoscopy, brush and lavage: no malignant cells."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Owlsworth", "Theodora", date(1962, 4, 6), Sex.FEMALE, "Eastmere", "E 618047"),
        submitter="Brindle",
        team=("Rowanhill",),
        state=CaseState.SUBMITTED,
        days_ago=2,
        tumor_type=TumorType.THYMUS,
        question="Thymoma around the superior vena cava: chemotherapy first, or resection with a graft at once?",
        summary=(
            "Anterior mediastinal mass, 82 mm, found in the work-up of double vision; acetylcholine receptor antibodies"
            " positive, on pyridostigmine. Core biopsy: thymoma type B2. Broad contact with the superior vena cava,"
            " which"
            " is narrowed but open; no pleural deposits."
        ),
        stage=stage("c", "3 0 0", "IIIA"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Pyridostigmine.",
        urgency=Urgency.SOON,
        studies=(
            imaging(11, "ER{yy}-118730", "CT chest: mass 82 mm, superior vena cava narrowed by half, pleura free."),
            pathology(8, "ES{yy}-06741", "CT-guided core biopsy: thymoma, type B2."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Saltmarsh", "Ezekiel", date(1951, 12, 14), Sex.MALE, "Larkmoor", "0026 4409"),
        submitter="Cloudesley",
        team=("Halloway", "Greywether", "Pellander", "Birdsong"),
        state=CaseState.ACCEPTED,
        days_ago=9,
        tumor_type=TumorType.MESOTHELIOMA,
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
        stage=stage("c", "2 0 0", "IB", system="uicc"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Two drainages, thoracoscopy.",
        studies=(
            imaging(
                17,
                "LR{yy}-208699",
                "CT chest: nodular pleural thickening right up to 14 mm, diaphragm involved, trapped lung.",
            ),
            pathology(
                22, "LS{yy}-10433", "Pleural biopsy: mesothelioma, epithelioid, calretinin and WT1 positive, BAP1 lost."
            ),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Cobblestone", "Minnie", date(1959, 8, 8), Sex.FEMALE, "Larkmoor", "0030 6617"),
        submitter="Cloudesley",
        typed_by="Inchbald",
        team=("Vantongeren", "Pellander", "Birdsong"),
        needs=NeedsRecord(
            "Birdsong", "“Nobody home at night frightens me more than the scan.”", (Need.LIVING_ALONE,), 7
        ),
        state=CaseState.ACCEPTED,
        days_ago=4,
        tumor_type=TumorType.SMALL_CELL_LUNG,
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
        stage=stage("c", "2b 2b 0", "IIIB", edition="9"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Cisplatin and etoposide, cycle 1.",
        urgency=Urgency.URGENT,
        studies=(
            imaging(19, "LR{yy}-208511", "PET/CT: left hilum 44 mm, stations 4L and 7; no distant uptake."),
            imaging(17, "LR{yy}-208702", "Brain MRI: no metastasis."),
            pathology(18, "LC{yy}-03355", "EBUS 4L and 7: small cell carcinoma, Ki-67 90 %."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Thornapple", "Gideon", date(1965, 5, 27), Sex.MALE, "Larkmoor", "0033 9005"),
        submitter="Fennimore",
        team=("Pellander",),
        state=CaseState.RETURNED,
        days_ago=5,
        note="The brain MRI is missing: the board does not plan surgery of a superior sulcus tumor without it.",
        tumor_type=TumorType.LUNG,
        question=(
            "Superior sulcus tumor with pain in the arm: chemoradiation and then resection with the first two ribs?"
        ),
        summary=(
            "Squamous cell carcinoma of the right apex, 52 mm, first and second rib involved, brachial plexus C8 and T1"
            " in contact but not encased on MRI, vertebra free. EBUS of 4R, 7 and 10R negative. Pain 7 of 10 on"
            " oxycodone, weaker grip on the right."
        ),
        stage=stage("c", "3 0 0", "IIB", edition="9"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="None.",
        urgency=Urgency.SOON,
        studies=(
            imaging(
                14,
                "LR{yy}-208910",
                "MRI thoracic inlet: tumor 52 mm, ribs 1 and 2, contact with C8 and T1; vertebra free.",
            ),
            pathology(11, "LS{yy}-10688", "CT-guided biopsy: squamous cell carcinoma. PD-L1 10 %."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Millwhistle", "Agatha", date(1953, 10, 16), Sex.FEMALE, "Larkmoor", "0025 1372"),
        submitter="Ashgrove",
        team=("Vantongeren", "Pellander", "Greywether"),
        state=CaseState.DEFERRED,
        days_ago=13,
        weeks_ago=1,
        note=(
            "The PET/CT from outside could not be opened. Radiology asks for it again; listed again when it can be"
            " shown."
        ),
        tumor_type=TumorType.LUNG,
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
        stage=stage("c", "1c 2a 1b", "IVA", edition="9"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="Osimertinib for 19 months.",
        studies=(
            imaging(24, "OUT-51093", "PET/CT, outside: left adrenal 34 mm, SUV 9; other sites without uptake."),
            pathology(20, "LX{yy}-00902", "Plasma DNA: EGFR L858R 1.2 %; no resistance alteration."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Dewberry", "Horatio", date(1960, 7, 19), Sex.MALE, "Larkmoor", "0032 4471"),
        submitter="Fennimore",
        team=("Ashgrove", "Pellander"),
        state=CaseState.DISCUSSED,
        days_ago=14,
        weeks_ago=1,
        tumor_type=TumorType.LUNG,
        question=(
            "Second part-solid nodule two years after lobectomy: segmentectomy, stereotactic radiotherapy, or wait?"
        ),
        summary=(
            "Right upper lobectomy two years ago for a lepidic adenocarcinoma, pT1b pN0. Now a part-solid nodule left"
            " lower lobe, 22 mm with a solid part of 14 mm, and two pure ground-glass nodules of 6 mm that have not"
            " changed."
            " FEV1 70 % of predicted. Taken as a second primary."
        ),
        stage=stage("c", "1b 0 0", "IA2", edition="9"),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Lobectomy right upper lobe two years ago.",
        studies=(
            imaging(
                22,
                "LR{yy}-208288",
                (
                    "CT chest: part-solid nodule left lower lobe 22 mm, solid part 14 mm; two ground-glass nodules,"
                    " unchanged."
                ),
            ),
            imaging(18, "LR{yy}-208640", "PET/CT: solid part SUV 2.4; no nodal uptake."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Nettlefold", "Prudence", date(1972, 2, 23), Sex.FEMALE, "Larkmoor", "0037 7763"),
        submitter="Ashgrove",
        team=("Vantongeren", "Pellander", "Winterbourne"),
        state=CaseState.SIGNED,
        days_ago=20,
        weeks_ago=2,
        tumor_type=TumorType.LUNG,
        question=(
            "Unresectable stage III with an ALK fusion, chemoradiation completed: durvalumab, or an ALK inhibitor?"
        ),
        summary=(
            "Adenocarcinoma of the right lower lobe, 61 mm, stations 4R and 7. Chemoradiation to 60 Gy with cisplatin"
            " and"
            " pemetrexed ended three weeks ago with a partial response. The fusion (EML4-ALK, variant 3) was reported"
            " after treatment had begun; PD-L1 70 %. Grade 1 esophagitis, no pneumonitis."
        ),
        stage=stage("c", "3 2b 0", "IIIB", edition="9"),
        performance_status=PerformanceStatus.ECOG_0,
        prior_treatment="Chemoradiation, 60 Gy with cisplatin and pemetrexed.",
        studies=(
            imaging(26, "LR{yy}-207866", "CT chest: right lower lobe 61 to 35 mm, nodes smaller; no pneumonitis."),
            pathology(95, "LX{yy}-00677", "RNA panel: EML4-ALK variant 3. PD-L1 70 %."),
        ),
    ),
    CaseRecord(
        patient=PatientRecord("Candlewick", "Alasdair", date(1948, 11, 30), Sex.MALE, "Larkmoor", "0019 2238"),
        submitter="Cloudesley",
        state=CaseState.WITHDRAWN,
        days_ago=8,
        note="He has moved to his daughter and goes on with treatment there. Records were sent.",
        tumor_type=TumorType.LUNG,
        question="Second-line treatment of squamous cell carcinoma after chemotherapy with pembrolizumab?",
        summary=(
            "Squamous cell carcinoma, lung and bone, progressing after four cycles of carboplatin, paclitaxel and"
            " pembrolizumab and five months of maintenance. PD-L1 1 %. Pain of the left hip, radiotherapy 8 Gy once."
        ),
        stage=stage("c", "4 2b 1c1", "IVB", edition="9"),
        performance_status=PerformanceStatus.ECOG_2,
        prior_treatment="Carboplatin, paclitaxel, pembrolizumab; 8 Gy to the left hip.",
        studies=(imaging(14, "LR{yy}-208874", "CT: primary 58 mm and growing, new lesions of the left ilium."),),
    ),
    CaseRecord(
        patient=PatientRecord("Wickersedge", "Maud", date(1957, 3, 3), Sex.FEMALE, "Larkmoor", "0029 5516"),
        submitter="Ashgrove",
        state=CaseState.DRAFT,
        days_ago=2,
        tumor_type=TumorType.LUNG,
        question="Is the contralateral nodule a metastasis or a second primary?",
        summary="Adenocarcinoma right upper lobe, 29 mm; left lower lobe nodule 9 mm, SUV 1.8.",
        stage=stage("c", "1c 0 -", edition="9"),
        performance_status=PerformanceStatus.ECOG_1,
        prior_treatment="",
        studies=(imaging(6, "LR{yy}-209377", "PET/CT: right upper lobe 29 mm, SUV 7; left lower lobe 9 mm, SUV 1.8."),),
    ),
)
