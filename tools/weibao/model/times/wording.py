"""One wording for what people write in many: full-width marks, traditional characters, numerals, English.

What comes out is read by :mod:`weibao.model.times.phrase`, in the words of everyday Chinese:
``half past nine yesterday`` and ``昨日　九點半`` are both ``昨天9点半`` there, but for their order.
"""

from __future__ import annotations

import re
import unicodedata

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

AM, PM = "〔am〕", "〔pm〕"
"""The halves of the day on a clock of twelve hours; Chinese names its parts of the day otherwise."""

_TRADITIONAL = str.maketrans("點時剛週禮鐘頭後號兩個淩∶﹕", "点时刚周礼钟头后号两个凌::")
_DIGITS = {numeral: str(digit) for digit, numeral in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "两": "2",
}
_NUMERALS = re.compile(rf"(?<![\d十])[{''.join(_DIGITS)}十]+(?!\d)")
_SAID_IN_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_NUMBERS = {word: number for number, word in enumerate(_SAID_IN_WORDS.split())} | {"thirty": 30}
_CHINESE = "一-鿿"

_MONTH = rf"(?P<month>{'|'.join(MONTHS)})(?:[a-z]*\b)\.?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_ENGLISH: tuple[tuple[str, str], ...] = (
    (r"\bo'?clock\b", "点"),
    (r"\bjust now\b|\bright now\b", "刚才"),
    (r"\bthe day before yesterday\b|\bday before yesterday\b", "前天"),
    (r"\bthe day after tomorrow\b|\bday after tomorrow\b", "后天"),
    (r"\byesterday\b", "昨天"),
    (r"\btoday\b", "今天"),
    (r"\btomorrow\b", "明天"),
    (r"\btonight\b", "今天晚上"),
    (r"\blast night\b", "昨天晚上"),
    (r"\bthis (?=morning|afternoon|evening)", "今天"),
    (r"\b(?:in the )?morning\b", "早上"),
    (r"\b(?:in the )?afternoon\b", "下午"),
    (r"\b(?:in the )?evening\b", "晚上"),
    (r"\bat night\b|\bnight\b", "夜里"),
    (r"\bat noon\b|\bnoon\b", "中午12点"),
    (r"\bhalf past (\d{1,2})\b", r"\1点半"),
    (r"\b(?:a )?quarter past (\d{1,2})\b", r"\1点1刻"),
    (r"\b(?:a )?quarter to (\d{1,2})\b", r"差1刻\1点"),
    (r"(?<![\d:])(\d{1,2}:\d{2}(?::\d{2})?) ?([ap])\.?m\b\.?", r"〔\2m〕\1"),
    (r"(?<![\d:])(\d{1,2}) ?([ap])\.?m\b\.?", r"〔\2m〕\1点"),
    (r"\bhalf an hour\b", "半小时"),
    (r"\b(?:an|a) (?=hour|minute|day|week|quarter)", "1 "),
    (r"(?<=\d) hours? and 1 half\b|(?<=\d) hours? and a half\b", "个半小时"),
    (r"(?<=\d) ?(?:quarters?|quarter of an hour)\b", "刻钟"),
    (r"(?<=\d) ?(?:hours?|hrs?|h)(?![a-z])", "小时"),
    (r"(?<=\d) ?(?:minutes?|mins?|m)(?![a-z])", "分钟"),
    (r"(?<=\d) ?(?:seconds?|secs?|s)(?![a-z])", "秒"),
    (r"(?<=\d) ?(?:days?|d)(?![a-z])", "天"),
    (r"(?<=\d) ?weeks?\b", "周"),
    (r"(?<=[钟时秒天周]) ?(?:and |, ?)?(?=\d)", ""),
    (r" ago\b", "前"),
    (r"\bin (\d.*?(?:小时|分钟|刻钟|天|周))$", r"\1后"),
    (r"\b(?:at|on) ", " "),
)


def reworded(text: str) -> str:
    """``text`` in the one wording, without spaces that only a keyboard put there."""
    plain = unicodedata.normalize("NFKC", text).translate(_TRADITIONAL).strip().lower()
    plain = re.sub(r"(?<=\d)t(?=\d\d:)", " ", plain)
    plain = re.sub(r"[(),，、\[\]]+", " ", plain)
    plain = _dates_in_english(_numbers_in_english(plain)) if re.search("[a-z]", plain) else plain
    plain = re.sub(rf"(?<=[{_CHINESE}]) +(?=\d)|(?<=[\d{_CHINESE}]) +(?=[{_CHINESE}])", "", plain)
    return " ".join(plain.split())


def in_digits(text: str) -> str:
    """``text`` with its Chinese numerals in digits; those that only estimate (三四点) stay."""
    padded = re.sub(r"(?<=[点时])[零〇](?=\d)", "0", text)
    return _NUMERALS.sub(lambda found: _digits(found[0]), padded)


def _digits(numeral: str) -> str:
    tens, ten, units = numeral.partition("十")
    if ten:
        if len(tens) > 1 or len(units) > 1 or "十" in units or {tens, units} & {"零", "〇"}:
            return numeral
        return str(int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(units, "0")))
    # Two digits in a row are an estimate, but for 零五, and the four of a year.
    exact = len(numeral) in {1, 4} or (len(numeral) == 2 and numeral[0] in "零〇")
    return "".join(_DIGITS[digit] for digit in numeral) if exact else numeral


def _numbers_in_english(text: str) -> str:
    found = "|".join(_NUMBERS)
    return re.sub(rf"\b(?:{found})\b", lambda word: str(_NUMBERS[word[0]]), text, flags=re.ASCII)


def _dates_in_english(text: str) -> str:
    for shape in (
        rf"\b(?P<day>\d{{1,2}}){_ORDINAL} (?:of )?{_MONTH}(?: +(?P<year>20\d\d)(?![\d:]))?",
        rf"\b(?P<day>\d{{1,2}})[-/]{_MONTH}[-/](?P<year>(?:20)?\d\d)(?![\d:])",
        rf"\b{_MONTH} +(?P<day>\d{{1,2}}){_ORDINAL}\b(?!:)(?: +(?P<year>20\d\d)(?![\d:]))?",
    ):
        text = re.sub(shape, _date_in_chinese, text, flags=re.ASCII)
    for english, chinese in _ENGLISH:
        text = re.sub(english, chinese, text, flags=re.ASCII)
    return text


def _date_in_chinese(found: re.Match[str]) -> str:
    year = f"{found['year']}年" if found["year"] else ""
    return f"{year}{MONTHS.index(found['month']) + 1}月{found['day']}日 "
