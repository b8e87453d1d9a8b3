import Testing

@testable import PointClouds

@Suite("What a file is by its bytes")
struct FileKindTests {
  @Test(
    "is said in words that name it",
    arguments: [
      ("version https://git-lfs.github.com/spec/v1\n", "Git LFS pointer"), ("<!DOCTYPE html>\n", "HTML"),
      ("\n <HTML lang=en>", "HTML"), ("<?xml version=\"1.0\"?>\n<svg", "SVG"), ("<svg xmlns", "SVG"),
      ("<?xml version=\"1.0\"?><a/>", "XML"), ("PK\u{3}\u{4}....archive/data.pkl", "PyTorch"),
      ("PK\u{3}\u{4}....arr_0.npy", "NPZ"), ("PK\u{3}\u{4}....[Content_Types].xml", "XLSX"),
      ("PK\u{3}\u{4}....other", "ZIP archive"), ("%PDF-1.4", "PDF"), ("{\"a\": 1}", "JSON"),
      ("[[1,2],[3,4]]", "JSON"),
      ("PAR1xxxx", "Parquet"), ("x,y\n1,2\n", "begins with \"x,y\""), ("", "empty"), (" \n", "blanks"),
      ("SQLite format 3\u{0}", "SQLite"), ("\u{0}\u{1}\u{2}nothing", "no known kind"),
    ])
  func texts(text: String, word: String) {
    #expect(FileKind(of: Array(text.utf8)).name.contains(word), "\(FileKind(of: Array(text.utf8)))")
  }

  @Test(
    "is known of binary files by their signatures",
    arguments: [
      ([0x1F, 0x8B, 8, 0], "gzip"), ([0x89, 0x50, 0x4E, 0x47], "PNG"), ([0xFF, 0xD8, 0xFF, 0xE0], "JPEG"),
      ([0x80, 4, 0x95], "pickle"), ([0x80, 2, 0x7D], "pickle"), (NPYHeader.magic, "NPY"),
      ([0x89, 0x48, 0x44, 0x46], "HDF5"),
      ([0xFF, 0xFE, 0x78, 0], "UTF-16"), ([16, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x22], "safetensors"),
    ] as [([UInt8], String)])
  func signatures(bytes: [UInt8], word: String) {
    #expect(FileKind(of: bytes).name.contains(word))
  }
}
