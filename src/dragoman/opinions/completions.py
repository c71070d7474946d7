"""The model's side of the talk: messages in, what the model said out, over an OpenAI-compatible server.

Here is all that servers differ in or do wrong: what form of answer they take, when they are busy, and what they say
instead of an answer. What the answer means is another file's.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal

import msgspec

from dragoman.errors import DragomanError, UsageError
from dragoman.fetching.addresses import Target
from dragoman.fetching.client import retry_after
from dragoman.fetching.connection import Limits, Response
from dragoman.fetching.failure import FetchError
from dragoman.opinions.address import Endpoint
from dragoman.opinions.answers import answer_schema
from dragoman.opinions.budget import Budget
from dragoman.opinions.posting import post
from dragoman.opinions.question import Message, size_of
from dragoman.version import __version__

SIZE: Final = 1024 * 1024  # bytes of an answer
WAITS: Final = (1.0, 4.0, 15.0)  # seconds before another try
LONGEST_WAIT: Final = 120.0  # seconds; a server that wants more peace than that ends the run
SECRET: Final = 12  # characters from which on a key is one; shorter ones ('EMPTY', 'none') are what local servers want
_BUSY: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 520, 522, 524, 529})
_NOT_TAKEN: Final = frozenset({400, 415, 422, 501})

Send = Callable[[Target, Sequence[str], Mapping[str, str], bytes, Limits], Response]
Form = Literal["json_schema", "json_object", "plain"]
FORMS: Final[tuple[Form, ...]] = ("json_schema", "json_object", "plain")


class UnansweredError(DragomanError):
    """One question got no answer; another may."""


class StoppedError(DragomanError):
    """No question will get an answer: address, key or model are wrong, or the server wants to be left alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a model said: `content`, or `refusal` with why there is none. Tokens are the server's own count."""

    content: str | None = None
    refusal: str | None = None
    prompt_tokens: int | None = None
    answer_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """What a server takes: the form of answer, the name of the limit on tokens, whether a temperature may be set."""

    form: Form = "json_schema"
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    temperature: bool = True

    def without(self, complaint: str) -> Shape | None:
        """What is tried after a server has not taken this one; None when nothing is left to leave out."""
        if self.limit == "max_tokens" and "max_completion_tokens" in complaint:
            return replace(self, limit="max_completion_tokens")
        if self.temperature and "temperature" in complaint:
            return replace(self, temperature=False)
        if self.form == "plain":
            return None
        return replace(self, form=FORMS[FORMS.index(self.form) + 1])


class _Usage(msgspec.Struct):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Message(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct):
    """The part of a chat completion that is looked at; servers add fields of their own."""

    choices: list[_Choice]
    usage: _Usage | None = None


@dataclass(slots=True, kw_only=True)
class Completions:
    """Asks one model at one place. `key` goes into a header and nowhere else; `tell` is given what delays it."""

    endpoint: Endpoint
    model: str
    budget: Budget
    key: str | None = field(default=None, repr=False)
    timeout: float = 60.0
    tell: Callable[[str], None] = lambda _: None
    sleep: Callable[[float], object] = time.sleep
    now: Callable[[], float] = time.time
    send: Send = post
    shape: Shape = field(default_factory=Shape)

    def __post_init__(self) -> None:
        if self.key is not None and not (self.key.isascii() and self.key.isprintable() and self.key.strip()):
            raise UsageError("The key has characters that no key has, or none at all. See what the variable holds.")

    @property
    def coder(self) -> str:
        """What this coder is called in the record."""
        return coder_name(self.model, self.endpoint.host)

    def ask(self, messages: Sequence[Message]) -> Said:
        """What the model says to messages, after as many tries as are decent.

        Raises `UnansweredError`, `StoppedError`, or `SpentError` where the budget forbids another request.
        """
        size, taken = size_of(messages), self.shape
        waits = iter(WAITS)
        while True:
            self.budget.take(size)
            asked: float | None = None
            try:
                answer = self._post(messages)
            except FetchError as error:
                self.budget.lost(size)
                if not error.temporary:
                    raise StoppedError(f"{self.endpoint.host}: {error.what}") from None
                what = error.what
            else:
                if answer.status == 200:
                    return self._said(answer, size)
                what = f"It answered {answer.status}{self._complaint(answer)}."
                if answer.status in _NOT_TAKEN:
                    if b"content_filter" in answer.body:
                        return Said(refusal=what)
                    simpler = self.shape.without(answer.body.decode("utf-8", "replace"))
                    self.shape = simpler or taken  # where it took no form, it was not for the form
                    if simpler is None:
                        raise UnansweredError(what)
                    continue
                if answer.status not in _BUSY:
                    raise StoppedError(f"{self.endpoint.host}: {self._explained(answer, what)}")
                asked = retry_after(answer.headers.get("retry-after"), self.now())
            self.budget.check(size)  # rather now than after a wait
            self._wait(next(waits, None), asked, what)

    def _post(self, messages: Sequence[Message]) -> Response:
        shape = self.shape
        body: dict[str, Any] = {"model": self.model, "messages": list(messages), shape.limit: self.budget.answer}
        if shape.temperature:
            body["temperature"] = 0
        if shape.form == "json_schema":
            schema = {"name": "second_opinion", "strict": True, "schema": answer_schema()}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif shape.form == "json_object":
            body["response_format"] = {"type": "json_object"}
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        headers["User-Agent"] = f"Dragoman/{__version__}"
        if self.key is not None:
            headers["Authorization"] = f"Bearer {self.key}"
        limits = Limits(size=SIZE, idle=self.timeout, total=self.timeout)
        sent = msgspec.json.encode(body)
        answer = self.send(self.endpoint.target, self.endpoint.addresses, headers, sent, limits)
        return self._without_key(answer)

    def _without_key(self, answer: Response) -> Response:
        """An answer in which a server that repeats the key has not done so."""
        if self.key is None or len(self.key) < SECRET:
            return answer
        headers = {name: value.replace(self.key, "(key)") for name, value in answer.headers.items()}
        return replace(answer, headers=headers, body=answer.body.replace(self.key.encode(), b"(key)"))

    def _said(self, answer: Response, size: int) -> Said:
        try:
            told = msgspec.json.decode(answer.body, type=_Completion)
            choice = told.choices[0]
        except (msgspec.DecodeError, UnicodeDecodeError, IndexError, RecursionError):
            self.budget.lost(size)
            why = f"It answered with something that is no chat completion{self._complaint(answer)}."
            raise UnansweredError(why) from None
        usage = told.usage or _Usage()
        prompt, out = _count(usage.prompt_tokens), _count(usage.completion_tokens)
        self.budget.paid(size, prompt, out)
        said = Said(prompt_tokens=prompt, answer_tokens=out)
        if choice.message.refusal:
            return replace(said, refusal=choice.message.refusal)
        if choice.finish_reason == "content_filter":
            return replace(said, refusal="The server's content filter kept the answer back.")
        if choice.finish_reason == "length":
            return replace(said, refusal=f"The answer was cut off at {self.budget.answer} tokens.")
        return replace(said, content=choice.message.content or "")

    def _explained(self, answer: Response, what: str) -> str:
        if 300 <= answer.status < 400:
            where = f" to {_short(answer.headers['location'])}" if "location" in answer.headers else ""
            return f"It answered {answer.status} and leads on{where}; give the right address, nothing is sent on."
        if answer.status in (401, 403):
            return f"{what} See whether --key-from names the variable that holds the right key."
        if answer.status in (404, 405):
            return f"{what} See whether the address and the name of the model are right."
        return what

    def _complaint(self, answer: Response) -> str:
        """What a server says about an error, in the forms that are usual; empty where it says nothing."""
        try:
            told: Any = msgspec.json.decode(answer.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return ""
        for name in ("error", "message", "detail"):
            if isinstance(told, dict) and name in told:
                told = told[name]
        return f" ({_short(told)})" if isinstance(told, str) and told.strip() else ""

    def _wait(self, own: float | None, asked: float | None, what: str) -> None:
        if own is None:
            raise UnansweredError(what)
        if asked is not None and asked > LONGEST_WAIT:
            raise StoppedError(f"{self.endpoint.host}: {what} It wants to be left alone for {asked:.0f} seconds.")
        seconds = own if asked is None else max(asked, own)
        self.tell(f"{what} Trying again in {seconds:g} s.")
        self.sleep(seconds)


def coder_name(model: str, host: str) -> str:
    """What a model at a host is called as a coder."""
    return f"llm:{model}@{host}"


def _short(text: str) -> str:
    from dragoman.briefing.wording import one_line, shortened

    return shortened(one_line(text), 200).rstrip(".")


def _count(tokens: int | None) -> int | None:
    """A number of tokens; None for what cannot be one."""
    return tokens if tokens is not None and tokens >= 0 else None
