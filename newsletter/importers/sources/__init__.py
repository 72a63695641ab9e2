"""The importers, one file each: the file's name is the importer's."""
