"""The content repository of Học Liệu: lectures, curriculum, publishing, search, people."""
