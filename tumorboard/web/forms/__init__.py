"""Forms check shape and turn a request into a dataclass named after the act; the domain checks meaning."""
