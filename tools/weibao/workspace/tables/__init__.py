"""Table files, CSV and XLSX, read into sheets; nothing in them is ever worked out or run."""
