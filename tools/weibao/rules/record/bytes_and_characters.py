"""A record's bytes and characters: size, encoding, line ends, hidden text (R10x)."""

from __future__ import annotations

from weibao.language import N_
from weibao.rules.rule import Rule, Severity

ROWS = (
    Rule(
        code="R101",
        severity=Severity.ERROR,
        title=N_("File too large"),
        message=N_("The file has {found} bytes, more than the {limit} allowed."),
        help=N_(
            "Keep long output and documents as attachments (`weibao ticket attach`), and let the entry's note say in a sentence what they show."
        ),
        why=N_(
            "A record is read, compared and merged whole at every check, so its size is bounded before it is read: a hostile or broken file must not exhaust the machine that checks it (CWE-400, uncontrolled resource consumption). A ticket with several hundred steps is far below the bound."
        ),
        bad="$ wc -c records/tickets/2026/11/20/T20261120-7K3Q9M.yaml\n3481022 records/tickets/2026/11/20/T20261120-7K3Q9M.yaml\n",
        good="$ wc -c records/tickets/2026/11/20/T20261120-7K3Q9M.yaml\n2381 records/tickets/2026/11/20/T20261120-7K3Q9M.yaml\n",
        facts=("found", "limit"),
    ),
    Rule(
        code="R102",
        severity=Severity.ERROR,
        title=N_("Not UTF-8"),
        message=N_("The file is not UTF-8: the byte at offset {offset} belongs to no character."),
        help=N_(
            "Save the file as UTF-8. A file in GBK is converted with `iconv -f GB18030 -t UTF-8 OLD > NEW`."
        ),
        why=N_(
            "A byte sequence that is not UTF-8 (RFC 3629) is read as different text by different programs. Chinese text saved as GBK is the common case; a reader that guesses would show the auditor other words than the engineer wrote."
        ),
        bad="$ file T20261120-7K3Q9M.yaml\nT20261120-7K3Q9M.yaml: ISO-8859 text\n",
        good="$ file T20261120-7K3Q9M.yaml\nT20261120-7K3Q9M.yaml: Unicode text, UTF-8 text\n",
        facts=("offset", "found"),
    ),
    Rule(
        code="R103",
        severity=Severity.ERROR,
        title=N_("Byte order mark"),
        message=N_("The file begins with a byte order mark (U+FEFF)."),
        help=N_("Save the file as “UTF-8” rather than “UTF-8 with BOM”."),
        why=N_(
            "UTF-8 has one byte order, so the mark says nothing; the Unicode Standard neither requires nor recommends it. It is invisible, it makes the first line differ from what it seems to be, and every tool that compares bytes would see a changed header."
        ),
        bad="$ head -c 5 records/staff.yaml | xxd -p\nefbbbf7065\n",
        good="$ head -c 5 records/staff.yaml | xxd -p\n70656f706c\n",
    ),
    Rule(
        code="R104",
        severity=Severity.ERROR,
        title=N_("Line ends are not LF"),
        message=N_("The line ends in {found} rather than LF."),
        help=N_(
            "Run `git config core.autocrlf input`, set the editor to LF line ends, and save the file again."
        ),
        why=N_(
            "An entry is the same entry in two commits when its line is the same, byte for byte. One editor that turns LF into CRLF would change every line of the record at once, and with it the evidence of every step."
        ),
        bad="$ git ls-files --eol records/staff.yaml\ni/crlf  w/crlf  attr/                 \trecords/staff.yaml\n",
        good="$ git ls-files --eol records/staff.yaml\ni/lf    w/lf    attr/text=auto eol=lf \trecords/staff.yaml\n",
        facts=("found",),
    ),
    Rule(
        code="R105",
        severity=Severity.ERROR,
        title=N_("Conflict marker"),
        message=N_("“{found}” is a conflict marker that a merge left behind."),
        help=N_(
            "Keep the lines of both sides, delete the marker lines, and commit. `weibao sync` joins the logs of both sides by itself, and so does git with `merge=union` in .gitattributes; the merge button of a forge does not."
        ),
        why=N_(
            "Two people added to one record and git could not tell whose line comes first. Both lines are records, so both stay; the order in the file does not matter, for a timeline is read in the order of the times."
        ),
        bad=(
            "<<<<<<< HEAD\n"
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "=======\n"
            "  - {at: 2026-11-20T10:35:00+08:00, event: updated, by: wang-lei, note: 客户已开门}\n"
            ">>>>>>> desk\n"
        ),
        good=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "  - {at: 2026-11-20T10:35:00+08:00, event: updated, by: wang-lei, note: 客户已开门}\n"
        ),
        facts=("found",),
    ),
    Rule(
        code="R106",
        severity=Severity.ERROR,
        title=N_("Forbidden character"),
        message=N_(
            "The line has the character {character}, which is invisible or deceives the eye."
        ),
        help=N_(
            "Delete the character; in the place of a tab (U+0009) type spaces. It often comes along with text pasted from a chat or a web page: paste as plain text, or type the word again."
        ),
        why=N_(
            "Bidirectional controls (UAX #9) make a line read otherwise than it is stored, known as “Trojan Source” (CVE-2021-42574). Zero-width characters make two ids that look alike differ, and control characters can drive a terminal. NEL, LS and PS ended a line in YAML 1.1 and do not in YAML 1.2, so they can hide a key from one reader of the two."
        ),
        bad='  - {at: 2026-11-20T11:00:00+08:00, event: updated, by: li-qiang, note: "更换\\u202e完毕"}   # U+202E\n',
        good="  - {at: 2026-11-20T11:00:00+08:00, event: updated, by: li-qiang, note: 更换完毕}\n",
        facts=("character",),
    ),
    Rule(
        code="R107",
        severity=Severity.ERROR,
        title=N_("Text not in NFC"),
        message=N_("The line has characters that are not in the composed form (NFC)."),
        help=N_(
            "Type the accented letter again, or convert the file: `uconv -x any-nfc OLD > NEW`."
        ),
        why=N_(
            "Unicode can write one letter in several ways (UAX #15). Two spellings that look the same would be two names to every search and comparison; NFC is the form that most keyboards produce."
        ),
        bad='supplier: "Socie\\u0301te\\u0301 Re\\u0301seaux"   # e + U+0301\n',
        good='supplier: "Soci\\u00e9t\\u00e9 R\\u00e9seaux"   # U+00E9\n',
        facts=("found", "expected"),
    ),
    Rule(
        code="R108",
        severity=Severity.ERROR,
        title=N_("Line too long"),
        message=N_("The line has {found} bytes, more than the 16 KiB allowed."),
        help=N_("Shorten the note, and attach the full text as a file (`weibao ticket attach`)."),
        why=N_(
            "An entry is one line so that git shows, blames and merges it whole. A line that no screen and no review can show hides what it says."
        ),
        bad="  - {at: 2026-11-20T11:00:00+08:00, event: updated, by: li-qiang, note: display diagnostic-information …}   # 61440 bytes\n",
        good="  - {at: 2026-11-20T11:00:00+08:00, event: updated, by: li-qiang, note: 诊断信息见附件}\n",
        facts=("found", "limit"),
    ),
)

CHECKED_IN = ("weibao.model.yaml.bytes_and_characters", "weibao.model.yaml.strict")
