"""The codes that the invented network has loaded: few, in its own words, so that what its boards see can be searched.

They serve a demo and are no vocabulary to code by: a hospital loads its own (``tumorboard vocabulary load``).
"""

from tumorboard.domain.codes import replace_codes
from tumorboard.vocabulary import CodeSystem

_ICD10 = """
C02.9 Cancer of the tongue
C09.9 Cancer of the tonsil
C15.5 Cancer of the lower esophagus
C16.0 Cancer of the gastroesophageal junction; cardia cancer
C16.2 Cancer of the body of the stomach
C16.9 Stomach cancer, part not stated; gastric cancer
C17.2 Cancer of the ileum
C18.2 Cancer of the ascending colon
C18.5 Cancer of the splenic flexure; cancer of the left flexure
C18.7 Cancer of the sigmoid colon
C18.9 Colon cancer, part not stated
C20 Rectal cancer; cancer of the rectum
C22.0 Liver cell cancer; hepatocellular carcinoma, HCC
C22.1 Bile duct cancer within the liver; intrahepatic cholangiocarcinoma
C24.0 Bile duct cancer outside the liver; perihilar cholangiocarcinoma, Klatskin
C25.0 Cancer of the head of the pancreas
C25.2 Cancer of the tail of the pancreas
C32.9 Cancer of the larynx
C34.1 Lung cancer, upper lobe
C34.2 Lung cancer, middle lobe
C34.3 Lung cancer, lower lobe
C34.9 Lung cancer, lobe not stated
C37 Cancer of the thymus; malignant thymoma
C40.2 Bone cancer of the leg; osteosarcoma of the femur
C43.5 Melanoma of the trunk; melanoma of the back
C43.9 Melanoma of the skin, site not stated
C45.0 Mesothelioma of the pleura
C49.9 Soft tissue sarcoma, site not stated
C50.1 Breast cancer, central part
C50.2 Breast cancer, upper inner quadrant
C50.3 Breast cancer, lower inner quadrant
C50.4 Breast cancer, upper outer quadrant
C50.5 Breast cancer, lower outer quadrant
C50.8 Breast cancer over more than one quadrant
C50.9 Breast cancer, part not stated
C50.911 Breast cancer, right, female, part not stated
C50.912 Breast cancer, left, female, part not stated
C53.9 Cancer of the cervix
C54.1 Cancer of the endometrium
C56.9 Cancer of the ovary
C61 Prostate cancer
C62.9 Cancer of the testis
C64.9 Kidney cancer; Wilms tumor
C67.9 Bladder cancer
C71.1 Brain tumor of the frontal lobe; glioma
C71.9 Brain tumor, malignant, site not stated; glioblastoma
C73 Thyroid cancer
C74.9 Cancer of the adrenal gland; neuroblastoma
C77.3 Metastasis in nodes of the armpit or arm
C78.0 Metastasis in the lung
C78.7 Metastasis in the liver
C79.3 Metastasis in the brain
C79.5 Metastasis in bone
C7A.8 Neuroendocrine tumor, malignant, other site
C80.1 Cancer whose origin is not known
C81.9 Hodgkin lymphoma, kind not stated
C83.3 Diffuse large B-cell lymphoma, DLBCL
C90.0 Multiple myeloma
C91.0 Acute lymphoblastic leukemia, ALL
C92.0 Acute myeloid leukemia, AML
D05.1 Breast cancer in situ, of the ducts; DCIS
D13.6 Benign tumor of the pancreas
D37.8 Tumor of a digestive organ whose behavior is uncertain
"""
_TOPOGRAPHY = """
C15.5 Esophagus, lower third
C16.0 Stomach, cardia and junction
C16.2 Stomach, body
C18.2 Colon, ascending
C18.7 Colon, sigmoid
C20.9 Rectum
C22.0 Liver
C22.1 Bile ducts within the liver
C24.0 Bile ducts outside the liver
C25.0 Pancreas, head
C25.2 Pancreas, tail
C34.1 Lung, upper lobe
C34.2 Lung, middle lobe
C34.3 Lung, lower lobe
C34.9 Lung, lobe not stated
C37.9 Thymus
C38.4 Pleura
C42.1 Bone marrow
C50.1 Breast, central part
C50.2 Breast, upper inner quadrant
C50.3 Breast, lower inner quadrant
C50.4 Breast, upper outer quadrant
C50.5 Breast, lower outer quadrant
C50.8 Breast, more than one quadrant
C50.9 Breast, part not stated
C61.9 Prostate
C64.9 Kidney
C71.1 Brain, frontal lobe
C71.9 Brain, site not stated
C77.9 Lymph nodes, site not stated
"""
_MORPHOLOGY = """
8041/3 Small cell carcinoma
8070/3 Squamous cell carcinoma
8140/3 Adenocarcinoma
8144/3 Adenocarcinoma of the intestinal kind
8160/3 Cholangiocarcinoma
8170/3 Hepatocellular carcinoma
8240/3 Neuroendocrine tumor, grade 1; carcinoid
8249/3 Neuroendocrine tumor, grade 2
8246/3 Neuroendocrine carcinoma
8461/3 High-grade serous carcinoma
8490/3 Signet ring cell carcinoma; poorly cohesive carcinoma
8500/2 Ductal carcinoma in situ, DCIS
8500/3 Invasive carcinoma of no special type; invasive ductal carcinoma, NST
8520/3 Invasive lobular carcinoma
8530/3 Inflammatory carcinoma of the breast
8550/3 Acinar carcinoma
8584/3 Thymoma, type B2
8720/3 Melanoma
8743/3 Superficial spreading melanoma
8936/3 Gastrointestinal stromal tumor, GIST
9052/3 Mesothelioma, epithelioid
9180/3 Osteosarcoma
9440/3 Glioblastoma
9591/3 B-cell lymphoma, other
9680/3 Diffuse large B-cell lymphoma, DLBCL
9732/3 Multiple myeloma
9861/3 Acute myeloid leukemia, AML
8960/3 Wilms tumor; nephroblastoma
"""
_TABLES = {CodeSystem.ICD10: _ICD10, CodeSystem.TOPOGRAPHY: _TOPOGRAPHY, CodeSystem.MORPHOLOGY: _MORPHOLOGY}


def load_codes() -> None:
    """A line is a code and its names, the preferred one first."""
    for system, table in _TABLES.items():
        lines = (line.partition(" ") for line in table.strip().splitlines())
        replace_codes(system, {code: names.split("; ") for code, _, names in lines})
