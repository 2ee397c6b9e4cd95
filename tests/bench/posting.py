"""Forms sent over and over, each with other words: the site's, sealed and stored, and the bare one."""

import re
import subprocess
import tempfile
import time
import urllib.parse
import urllib.request

#: The counter stands at the end of the body, so that no two posts are the same request.
SCRIPT = """
local sent, headers = 0, {{ ["Content-Type"] = "application/x-www-form-urlencoded", ["X-Forwarded-Proto"] = "https",
  ["Host"] = "{host}", ["Cookie"] = "{cookie}", ["Origin"] = "{origin}", ["Referer"] = "{origin}{path}" }}
local thread
function setup(one) thread = one end
function init() wrong = 0 end
function request()
  sent = sent + 1
  return wrk.format("POST", "{path}", headers, "{body}" .. sent)
end
function response(status) if status ~= 302 then wrong = wrong + 1 end end
function done() io.write("refused: " .. thread:get("wrong") .. "\\n") end
"""


def opened(base: str, path: str) -> tuple[str, dict[str, str]]:
    """The cookie and the hidden fields of a form."""
    request = urllib.request.Request(f"{base}{path}", headers={"X-Forwarded-Proto": "https"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        html, cookie = answer.read().decode(), answer.headers["Set-Cookie"].split(";")[0]
    hidden = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", html):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value:
            hidden[name[1]] = value[1]
    return cookie, hidden


def posts_a_second(base: str, path: str, origin: str, fields: dict[str, str], seconds: int) -> float:
    """Accepted posts a second from four connections. Raises `RuntimeError` where one was not answered with a redirect."""
    cookie, hidden = opened(base, path)
    body = urllib.parse.urlencode({**hidden, **fields, "name": f"Person {time.time_ns()} "})
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT.format(host=urllib.parse.urlsplit(base).netloc, cookie=cookie, origin=origin, path=path, body=body))
        script.flush()
        command = ["wrk", "-t1", "-c4", f"-d{seconds}s", "-s", script.name, base]
        done = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate, refused = re.search(r"Requests/sec:\s+([\d.]+)", done), re.search(r"refused: (\d+)", done)
    if rate is None or refused is None or refused[1] != "0":
        raise RuntimeError(f"posts to {path} were not accepted:\n{done}")
    return float(rate[1])
