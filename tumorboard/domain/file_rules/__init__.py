"""What a file is, read from its bytes by plain rules and without drawing anything (trust.md threats 22 and 23).

``kinds`` answers for a name and its bytes; the other modules each know one form of file and refuse with ``NotWhole``
what is cut off, damaged, or something else besides.
"""
