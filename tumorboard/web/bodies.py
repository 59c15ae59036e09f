"""Reads forms out of requests: whatever is no UTF-8 becomes U+FFFD, which every form refuses with a sentence.

Werkzeug would keep such bytes as they were escaped: nobody typed "%ED%A0%80". In a multipart body it replaces them.
"""

from io import BytesIO
from typing import IO, Any
from urllib.parse import parse_qsl

from flask import Flask, Request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.formparser import FormDataParser

_Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]


class _Parser(FormDataParser):
    def _parse_urlencoded(self, stream: IO[bytes], *_: Any, **__: Any) -> _Parsed:
        typed = parse_qsl(stream.read().decode(errors="replace"), keep_blank_values=True, errors="replace")
        return stream, self.cls(typed), self.cls()


class _Request(Request):
    form_data_parser_class = _Parser

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        """In memory: Werkzeug would put a large upload into a temporary file, where it lies in the clear."""
        return BytesIO()


def init_app(app: Flask) -> None:
    app.request_class = _Request
