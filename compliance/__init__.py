"""Tiered security of a commune's information systems (bảo đảm an ninh mạng theo cấp độ)."""

__version__ = "0.1.0"
