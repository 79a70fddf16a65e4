"""The reference part of docs/case-format.md, made from the code itself."""


def reference() -> str:
    return ""
