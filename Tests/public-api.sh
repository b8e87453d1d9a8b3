#!/usr/bin/env bash
# Compiles, and with --run runs, the Swift code of the README and of the documentation's landing page in a package
# of its own, which sees what is public and nothing else.
#
#   Tests/public-api.sh [--run]
#
# Each block of code becomes a function. The package is made in a temporary folder and depends on this one by path;
# its build folder is .build-public, which a second run uses again. Ends with 1 if a block does not compile.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/Sources/Reader"
cat > "$work/Package.swift" <<PACKAGE
// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Reader", platforms: [.macOS(.v15)],
  dependencies: [.package(name: "DiffusionLab", path: "$root")],
  targets: [
    .executableTarget(
      name: "Reader", dependencies: [.product(name: "DiffusionLab", package: "DiffusionLab")],
      swiftSettings: [.enableUpcomingFeature("MemberImportVisibility")])
  ])
PACKAGE

code="$work/Sources/Reader/main.swift"
echo "import DiffusionLab" > "$code"
awk '
  /^```swift$/ { block++; printf "\nfunc block%d() throws {\n", block; inside = 1; next }
  /^```$/ && inside { print "}"; inside = 0; next }
  inside && !/^import / { print "  " $0 }
  END { for (i = 1; i <= block; i++) printf "\ntry block%d()\n", i }
' README.md Sources/DiffusionLab/DiffusionLab.docc/DiffusionLab.md >> "$code"
blocks=$(grep -c '^func block' "$code")
[ "$blocks" -ge 2 ] || { echo "the README and the landing page have $blocks blocks of Swift code" >&2; exit 1; }

swift build --package-path "$work" --scratch-path "$root/.build-public"
echo "$blocks blocks of code compile"
if [ "${1:-}" = --run ]; then
  # The code writes figures where it is.
  (cd "$work" && "$root/.build-public/debug/Reader")
fi
