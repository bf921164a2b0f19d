"""What is said of a Book to whom: names as its readers may know them, words that are withheld, links and charts."""
