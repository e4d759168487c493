"""Colours for the text notation."""

from typing import ClassVar

from pygments.lexer import RegexLexer
from pygments.token import Comment, Keyword, Name, Operator, String, Text


class LoopLexer(RegexLexer):
    """The ``.loop`` notation, enough of it to read well."""

    name = "loopmap notation"
    aliases: ClassVar = ["loop"]
    tokens: ClassVar = {
        "root": [
            (r"#.*$", Comment),
            (r"^(title|subtitle|author|date|source|about|focus)(:)(.*)$", String),
            (r"^(loop)( [RB])?\b", Keyword),
            (r"^\s+(by|story)\b", Keyword),
            (r'"[^"\n]*"', String),
            (r"->|→", Operator),
            (r":\s*(\+/-|[-+?−–])", Name.Tag),
            (r"\[[^\]\n]*\]", Comment.Special),
            (r"\b(holds|influences|wants)\b", Keyword),
            (r"[^\S\n]+|\n|.", Text),
        ]
    }
