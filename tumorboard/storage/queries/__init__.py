"""One file a noun; functions named after the question they answer. A page costs a fixed number of them."""
