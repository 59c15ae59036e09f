"""The biomarkers that are read: key, name for people, how it is written, which answers it has.

One more biomarker is one more row. Names in capitals alone stand in ``(?-i:…)``: eGFR is no EGFR, a pet no MET.
"""

from dataclasses import dataclass

from tumorboard.domain.report_rules.answers import (
    AMPLIFICATION,
    CODELETION,
    FOUND,
    INDEX,
    INSTABILITY,
    METHYLATION,
    MISMATCH,
    MUTATION,
    RECEPTOR,
    SAID_BY_ITSELF,
    SCORED,
    SHARE,
    Kind,
)


@dataclass(frozen=True)
class Marker:
    about: str
    label: str
    name: str
    kind: Kind
    ends: str = r"(?![a-z0-9]{2})"


_SHORT = r"(?= ?/ ?(?:er|pr|her-?2)\b|[+:]|-(?:\W|\Z|neg|pos)|(?: is| was|:)? (?:pos|neg))"
"""What must follow ``er`` and ``pr`` in small letters: they are words of their own."""
_HER2 = r"(?:her-?2(?: ?/? ?neu)?|c-?erb-?b-?2|erbb2|(?-i:HER 2))"

MARKERS = (
    Marker("er", "ER", rf"(?:o?estrogen[ -]receptors?(?: ?\(ER\))?|(?-i:ER)\b|er\b{_SHORT})", RECEPTOR),
    Marker("pr", "PR", rf"(?:progesterone[ -]receptors?(?: ?\(Pg?R\))?|(?-i:PR|PgR|PGR)\b|pr\b{_SHORT})", RECEPTOR),
    Marker(
        "her2_ish",
        "HER2 ISH",
        rf"(?:{_HER2} ?/ ?(?:cep|chr)-?17|{_HER2}(?: ?\(erbb2\))?[ ,(]{{1,3}}(?:by |gene |gene amplification "
        rf"|amplification |dual |"
        r"(?:ihc )?reflex )?(?:[fcds]?-?ish|in[- ]situ hybridi[sz]ation|amplification)|"
        rf"(?:[fcds]?ish|in[- ]situ hybridi[sz]ation|amplification) (?:for|of) {_HER2}|"
        rf"{_HER2}(?=[ :]{{1,2}}(?:gene )?(?:is |was )?(?:not |non-?)?amplified)|amplified {_HER2})",
        AMPLIFICATION,
    ),
    Marker("her2", "HER2", _HER2, SCORED),
    Marker("ki67", "Ki-67", r"(?:ki[ -]?67|mib-?1)(?: ?\(mib-?1\))?", INDEX),
    Marker("pd_l1", "PD-L1", r"(?:pd-?l-?1|(?-i:TPS|CPS)(?= ?[:=<>≥(0-9]))", SHARE),
    Marker("egfr", "EGFR", r"(?-i:EGFR)", MUTATION),
    Marker("alk", "ALK", r"(?:eml4 ?[-:/]{1,2} ?)?(?-i:ALK)(?:-?1)?", FOUND),
    Marker("ros1", "ROS1", r"ros-?1", FOUND),
    Marker("ret", "RET", r"(?-i:RET)", FOUND),
    Marker("ntrk", "NTRK", r"ntrk ?(?:[123](?: ?[/,-] ?[123]){0,2})?", FOUND),
    Marker("met_exon14", "MET exon 14", r"(?-i:c-?MET|MET)[ -]?(?:gene )?ex(?:on)?[ -]?14|metex14", FOUND),
    Marker("kras", "KRAS", r"k-?ras", MUTATION),
    Marker("nras", "NRAS", r"n-?ras", MUTATION),
    Marker("ras", "RAS", r"(?:(?:all|pan|extended)[ -])?(?-i:RAS)", MUTATION),
    Marker("braf", "BRAF", r"b-?raf", MUTATION),
    Marker("pik3ca", "PIK3CA", r"pik3ca", MUTATION),
    Marker("esr1", "ESR1", r"esr1", MUTATION),
    Marker("brca", "BRCA1/2", r"brca(?:-?1 ?/ ?2|(?![-0-9a-z]))", MUTATION),
    Marker("brca1", "BRCA1", r"brca-?1(?!/)", MUTATION),
    Marker("brca2", "BRCA2", r"brca-?2", MUTATION),
    Marker("palb2", "PALB2", r"palb2", MUTATION),
    Marker("kit", "KIT", r"(?-i:c-KIT|KIT)", MUTATION),
    Marker("pdgfra", "PDGFRA", r"pdgfra", MUTATION),
    Marker("fgfr3", "FGFR3", r"fgfr3", MUTATION),
    Marker("pole", "POLE", r"(?-i:POLE)", MUTATION),
    Marker("tert", "TERT promoter", r"(?-i:TERT)(?: promoter)?", MUTATION),
    Marker("idh", "IDH", r"(?-i:IDH)(?:-?[12](?:/-?2)?)?", MUTATION),
    Marker("mgmt", "MGMT promoter", r"mgmt(?: promoter)?", METHYLATION),
    Marker("codeletion_1p19q", "1p/19q", r"1p ?[/-]? ?19q", CODELETION),
    Marker("mycn", "MYCN", r"(?:n-myc|mycn)", AMPLIFICATION),
    Marker("p16", "p16", r"p16(?:ink4a)?", RECEPTOR),
    Marker("ebv", "EBV (EBER)", r"(?-i:EBER|EBV)(?:-?ISH)?", FOUND),
    Marker("mmr", "MMR", r"(?:mmr|mismatch[ -]repair)(?: proteins?)?", MISMATCH),
    Marker(
        "mmr",
        "MMR",
        r"(?:msi(?![ -]?[hl])(?: ?/ ?mmr)?"
        r"|microsatellite(?: instability)?(?= (?:status|analysis|testing|not|pend)| ?[(:]))",
        INSTABILITY,
    ),
    Marker(
        "mmr",
        "MMR",
        r"(?=(?:dmmr|pmmr|mss|msi[ -]?h(?:igh)?|msi[ -]l(?:ow)?|microsatellite instability[ -]high"
        r"|microsatellite[ -](?:un)?stable)\b)",
        SAID_BY_ITSELF,
        ends="",
    ),
    Marker("ish", "ISH", r"(?-i:FISH|D?ISH|CISH|SISH)|in[- ]situ hybridi[sz]ation", AMPLIFICATION),
)
