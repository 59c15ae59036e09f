"""Texts that break what is put together carelessly."""

from hypothesis import strategies as st

_SHARP = "\r\n\t\0\x0b\x0c\x1b\x7f\x85\u2028\u2029,;:\\\"'^=?<>&@% éß–🧬\u200d\u202e\ud800aB1"

hostile_text = st.text(max_size=200) | st.text(st.sampled_from(_SHARP), max_size=120)
