"""Binding a package: every part filled and printed as PDF and Word, its file named, the last page listing them all."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from compliance.adapters.press import PDF, WORD, Ordered, Paper, Press
from compliance.adapters.print_store import Printed
from compliance.adapters.rendering import Properties
from compliance.adapters.templates import fill
from compliance.domain.package import WORD_FOLDER, Kind, PackagedSystem, PackageFile, counted
from compliance.domain.redaction import STAMP
from compliance.errors import Refused
from compliance.services.dossier_papers import Source, pins_of
from compliance.services.package_masking import Masking
from compliance.services.package_parts import Forms, Part, about
from compliance.services.paper_data import MATCH_CODE

_PLACE_OF_CODE = "\ue000\ue001\ue002"
"""Stands for the code of a redacted paper until it is reckoned from the paper itself; nobody types these signs."""


@dataclass(frozen=True)
class Papers:
    """Parts handed to the press, each as PDF and then as Word; ``codes`` are their match codes."""

    parts: tuple[Part, ...]
    codes: tuple[str, ...]
    ordered: Ordered


@dataclass(frozen=True)
class Bound:
    """One printed file of the package; its bytes lie in the store until they are asked for."""

    file: PackageFile
    reused: bool
    remarks: tuple[str, ...]
    press: Press
    ordered: Ordered
    at: int

    def read(self) -> Printed:
        """The printed paper.

        Raises:
            Refused: the store does not keep what is put into it, or it was printed anew on another day meanwhile.
        """
        printed = self.press.read(self.ordered, self.at)
        if printed.sha256 != self.file.sha256:
            raise Refused(f"Kho bản in {self.press.store.folder} bị thay đổi trong khi đang in. Hãy chạy lại.")
        return printed


@dataclass(frozen=True)
class Binding:
    """The papers of one dossier; ``masking`` makes it a redacted copy."""

    press: Press
    source: Source
    forms: Forms
    today: date
    masking: Masking | None = None

    @property
    def match_code(self) -> str:
        """The code of the whole dossier; a redacted copy is none of the original's papers and says nothing of it."""
        if self.masking is None:
            return self.source.match_code
        return _code("".join(sorted(f"{name}{counts}" for name, counts in self.masking.told.items())))

    @property
    def about(self) -> tuple[PackagedSystem, ...]:
        """The systems as the manifest names them; a name may be an address."""
        systems = about(self.source)
        if self.masking is None:
            return systems
        return tuple(one.model_copy(update={"name": self.masking.text(one.name)}) for one in systems)

    def ordered(self, parts: Sequence[Part]) -> Papers:
        """Fill the parts and hand them to the press."""
        made = [self._paper(one) for one in parts]
        papers = [paper for pair, _ in made for paper in pair]
        return Papers(tuple(parts), tuple(code for _, code in made), self.press.order(papers))

    def bound(self, papers: Papers) -> tuple[Bound, ...]:
        """The files of parts, waited for: the PDF of each and its Word twin.

        Raises:
            Refused: a paper could not be printed.
        """
        self.press.wait(papers.ordered)
        found = []
        for place, (part, code) in enumerate(zip(papers.parts, papers.codes, strict=True)):
            for twin, kind in enumerate((Kind.PRINTED, Kind.WORD)):
                found.append(self._bound(papers.ordered, 2 * place + twin, kind, part, code))
        return tuple(found)

    def closing(self, bound: Sequence[Bound], brought: Sequence[PackageFile], missing: Sequence[str]) -> Papers:
        """The page that lists every file, handed to the press; before it, in a redacted copy, what was hidden."""
        first: tuple[Part, ...] = ()
        codes: tuple[str, ...] = ()
        files = [one.file for one in bound if one.file.kind is Kind.PRINTED]
        if self.masking is not None:
            first = (self._masked(),)
            papers = self.ordered(first)
            files += [one.file for one in self.bound(papers) if one.file.kind is Kind.PRINTED]
            codes = papers.codes
        listed = sorted((*files, *brought), key=lambda one: counted(one.path))
        contents = self.ordered((*first, self._contents(listed, missing)))
        return Papers(contents.parts, (*codes, *contents.codes[len(codes) :]), contents.ordered)

    def _contents(self, files: Sequence[PackageFile], missing: Sequence[str]) -> Part:
        form = self.forms.contents
        pins = pins_of(self.source)
        return Part(
            name=form.data.file_name,
            title=form.data.title,
            form=form,
            content={
                "letterhead": self.source.dossier.letterhead,
                "about": about(self.source),
                "files": files,
                "missing": missing,
                "twins": True,
                "pins": pins[:-1] if self.masking else pins,
            },
            data=self.source.data,
        )

    def _masked(self) -> Part:
        form = self.forms.masked
        assert self.masking is not None, "asked for by a redacted copy only"
        content = {"about": about(self.source), **self.masking.content()}
        return Part(form.data.file_name, form.data.title, form, content, self.source.data)

    def _paper(self, part: Part) -> tuple[tuple[Paper, Paper], str]:
        return self._redacted(part) if self.masking else self._whole(part)

    def _whole(self, part: Part) -> tuple[tuple[Paper, Paper], str]:
        code = part.data.match_code
        properties = self._properties(part, part.data.keywords)
        html = self._filled(part, {"match_code": code})
        pdf = Paper(html, properties, PDF, (part.data.attached, *part.enclosed))
        return (pdf, Paper(html, properties, WORD)), code

    def _redacted(self, part: Part) -> tuple[tuple[Paper, Paper], str]:
        assert self.masking is not None, "see _paper"
        face = self.press.typesetting.face.name
        html = self.masking.html(part.name, self._filled(part, {"match_code": _PLACE_OF_CODE}), face)
        code = _code(html)
        html = html.replace(_PLACE_OF_CODE, code)
        properties = self._properties(part, (f"{MATCH_CODE} {code}", STAMP))
        footer = f"{STAMP} – {MATCH_CODE} {code}"
        return (Paper(html, properties, PDF), Paper(html, properties, WORD, footer=footer)), code

    def _filled(self, part: Part, code: Mapping[str, str]) -> str:
        typesetting = self.press.typesetting
        return fill(part.form, {**code, **part.content}, face=typesetting.face, layout=typesetting.layout)

    def _properties(self, part: Part, keywords: tuple[str, ...]) -> Properties:
        masked = self.masking.text if self.masking else str
        return Properties(
            title=masked(part.title),
            author=masked(self.source.dossier.letterhead.agency),
            subject=masked(part.form.data.title),
            keywords=keywords,
            day=self.today,
        )

    def _bound(self, ordered: Ordered, at: int, kind: Kind, part: Part, code: str) -> Bound:
        printed = self.press.read(ordered, at)
        title = self.masking.text(part.title) if self.masking else part.title
        file = PackageFile(
            path=f"{WORD_FOLDER}/{part.name}.docx" if kind is Kind.WORD else f"{part.name}.pdf",
            title=title,
            kind=kind,
            sha256=printed.sha256,
            pages=printed.pages,
            match_code=code,
        )
        return Bound(file, ordered.keys[at] in ordered.reused, printed.remarks, self.press, ordered, at)


def _code(text: str) -> str:
    code = b32encode(sha256(text.encode()).digest()[:5]).decode()
    return f"{code[:4]}-{code[4:]}"
