"""What is printed: a case as one page, and all the cases of a meeting as a pack; PDF/UA-1 by typst."""
