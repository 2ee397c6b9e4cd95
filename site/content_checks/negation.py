"""English patterns of denials, warnings, questions and quotations: the words around a claim that cancel it."""

import re

NOT = r"|n't\b"


def any_of(*phrases: str, also: str = "") -> re.Pattern[str]:
    """A pattern that matches one of the phrases as whole words, in any case. `also` is appended as one more alternative."""
    return re.compile(r"\b(?:" + "|".join(phrases) + r")\b" + also, re.IGNORECASE)


#: Other speakers, whose claims are not the clinic's own, and the verbs that introduce such claims.
OTHERS = (
    r"(?:clinics|websites|ads|sellers|companies|providers|brands|products|"
    r"(?:some|other|any|a|an|another|many) "
    r"(?:clinic|provider|ad|advert\w*|website|seller|company|brand|salon|spa|product|label|maker|person))"
)
SAY = r"(?:say|says|claim|claims|call|calls|promise|promises|offer|offers|advertise|advertises|promising|claiming|offering)"

#: A denial does not apply beyond its own clause.
CLAUSE_END = re.compile(r"[,;:–—()]|\b(?:but|and|so|because|although|while|when|if|then|it's|it is)\b", re.IGNORECASE)
DENIAL_BEFORE = any_of(
    r"not(?! only| just)", r"no(?! other| more)", "never", "nobody", "no one", "none", "nothing", "cannot", "neither", "nor", "without",
    "hardly", "rarely", "seldom", "few", "unlikely", "wrong to", "incorrect", "inaccurate", "misleading", "unfair", "dishonest",
    "irresponsible", "untrue", "false", "myth", "beware", "wary", "avoid", "distrust", "doubt", "suspicious", "instead of", "rather than",
    "anyone who", "anybody who", "someone who", r"(?:who|that) (?:promises?|claims?)", r"(?:claims?|promises?) (?:of|to)",
    r"words? (?:like|such as)", "been told", r"(?:may|might|will) (?:hear|read|see)", rf"{SAY} (?:it|this|that|its|they|their)",
    rf"{OTHERS} (?:\w+ ){{0,3}}?{SAY}", also=NOT,
)  # fmt: skip
DENIAL_AFTER = any_of(
    "not", "never", "cannot", "myth", "impossible", "untrue", "false", "unrealistic", "misleading", "warning", "warning sign", "red flag",
    r"alarm bell\w*", "second look", r"s[ck]eptic\w*", "suspicion", r"doubt\w*", "questioned", also=NOT,
)  # fmt: skip
AFTER_ENDS = re.compile(r"[,;:–—()]|\b(?:but|and|so|because|that|which|who|even|when|while|with|you|your)\b", re.IGNORECASE)
#: A sentence that begins like this is a warning as a whole.
WARNING = re.compile(
    r"^\W*(?:please )?(?:be (?:very )?(?:careful|cautious|wary|s[ck]eptical|suspicious)|beware|avoid|watch out|think twice|walk away|"
    r"(?:do not|don't|never) (?:trust|believe|expect|fall for|rely on)|question|distrust)\b",
    re.IGNORECASE,
)
QUESTION = re.compile(
    r"^\W*(?:is|are|was|has|have|had|am|may|might|does|did|will|would|can|could|should|how|what|why|which|who|where|do)\b.*\?\W*$",
    re.IGNORECASE,
)
SALES_QUESTION = re.compile(
    r"^\W*(?:do you want|did you know|why (?:wait|settle|live|not)|who (?:wants|would not|doesn't)|what if|how about|are you ready)\b",
    re.IGNORECASE,
)
MENTION = re.compile(r"[\"“][^\"”“]{1,40}[\"”]")
