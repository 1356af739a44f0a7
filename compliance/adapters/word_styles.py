"""The styles of a Word twin: Word's own names (Normal, Heading 1–4 …), shaped as the style sheet says."""

from __future__ import annotations

from compliance.adapters.word_look import SINGLE, Look, share
from compliance.adapters.word_model import BODY, NORMAL, NOTE, TABLE, Font, Shape, font

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEADINGS = ("h1", "h2", "h3", "h4")
_ALIGN = {"justify": "both", "center": "center", "right": "right"}

Base = tuple[Font, Shape, bool]


def _shape(look: Look) -> Shape:
    return Shape(
        align=_ALIGN.get(look.align, "left"),
        first=share(look.indent, 0.0),
        after=look.margin[2],
        line=look.line / SINGLE,
    )


class StyleBook:
    """Fonts and shapes by style; sizes of table text make styles of their own as they are met."""

    def __init__(self, bare: dict[str, Look], face: str, language: str) -> None:
        self._face, self._language = face, language
        normal, cell = bare["body"], bare["td"]
        self._table = cell
        self._names: dict[str, tuple[str, str]] = {}
        self._bases: dict[str, Base] = {}
        self._add(NORMAL, "Normal", "", font(normal), _shape(normal))
        self._add(BODY, "Body Text", NORMAL, font(bare["p"]), _shape(bare["p"]))
        for at, tag in enumerate(_HEADINGS, start=1):
            self._add(f"Heading{at}", f"heading {at}", NORMAL, font(bare[tag]), _shape(bare[tag]), keeps=True)
        self._add(TABLE, "Chữ trong bảng", NORMAL, font(cell), _shape(cell))
        self._add("Header", "header", NORMAL, font(normal), Shape(align="center"))
        self._add("Footer", "footer", NORMAL, font(normal), Shape(align="right"))
        self._add(NOTE, "footnote text", NORMAL, Font(11.0), Shape(align="both"))

    def _add(self, style: str, name: str, on: str, of: Font, shape: Shape, *, keeps: bool = False) -> None:
        self._names[style] = (name, on)
        self._bases[style] = (of, shape, keeps)

    def base(self, style: str) -> Base:
        """Font and shape of a style, and whether it keeps with the paragraph after it."""
        return self._bases[style]

    def of_size(self, size: float) -> str:
        """The style of table text of this size."""
        if size == self._table.size:
            return TABLE
        style = f"{TABLE}{round(size * 10)}"
        if style not in self._bases:
            of, shape, _ = self._bases[TABLE]
            told = f"{size:g}".replace(".", ",")
            self._add(style, f"Chữ trong bảng {told}", TABLE, Font(size, of.bold, of.italic), shape)
        return style

    def xml(self) -> str:
        """The whole part ``styles.xml``."""
        fonts = " ".join(f'w:{use}="{self._face}"' for use in ("ascii", "hAnsi", "cs", "eastAsia"))
        normal = self._bases[NORMAL][0]
        size = round(normal.size * 2)
        defaults = (
            f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/><w:color w:val="000000"/><w:sz w:val="{size}"/>'
            f'<w:szCs w:val="{size}"/><w:lang w:val="{self._language}" w:eastAsia="{self._language}" '
            f'w:bidi="{self._language}"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        )
        fixed = (
            '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
            '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
            '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
            '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
            '<w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
            '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        )
        return f"<w:styles {_W}>{defaults}{fixed}{''.join(self._style(one) for one in self._bases)}</w:styles>"

    def _style(self, style: str) -> str:
        from compliance.adapters.word_write import run_properties, shape_properties  # noqa: PLC0415 - it writes with us

        (name, on), (of, shape, keeps) = self._names[style], self._bases[style]
        under = self._bases[on][0] if on else Font(of.size)
        level = f'<w:outlineLvl w:val="{int(style[-1]) - 1}"/>' if style.startswith("Heading") else ""
        keep = "<w:keepNext/><w:keepLines/>" if keeps else ""
        default = ' w:default="1"' if style == NORMAL else ""
        following = f'<w:next w:val="{BODY}"/>' if level else ""
        based = f'<w:basedOn w:val="{on}"/>' if on else ""
        return (
            f'<w:style w:type="paragraph"{default} w:styleId="{style}"><w:name w:val="{name}"/>{based}{following}'
            f"<w:qFormat/><w:pPr>{keep}<w:widowControl/>{shape_properties(shape, 0.0, None)}{level}</w:pPr>"
            f"{run_properties(of, under)}</w:style>"
        )
