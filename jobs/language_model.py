"""A language model behind an OpenAI-compatible endpoint: a local Ollama, or any other."""

from __future__ import annotations

import json

import requests

from app.core.settings import Settings
from app.replies.engine.suggest import suggest
from app.replies.writers import ModelWriter, Writer, WriterUnavailable

MAX_ANSWER = 200_000  # bytes; a reply has a few hundred


class LanguageModel:
    """One endpoint. The operator names it, so it may lie on this machine or in the own network;
    no other address is ever asked, and no redirect is followed."""

    def __init__(self, url: str, model: str, key: str, timeout_s: float) -> None:
        self._url = url.rstrip("/") + "/chat/completions"
        self._model = model
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._timeout_s = timeout_s
        self._session = requests.Session()
        self._session.trust_env = False

    def ask(self, messages: list[dict[str, str]]) -> str:
        """The model's text. Raises WriterUnavailable, whose words never hold the key."""
        body = {"model": self._model, "messages": messages, "temperature": 0.8, "stream": False}
        try:
            with self._session.post(
                self._url,
                json=body,
                headers=self._headers,
                timeout=(5, self._timeout_s),
                allow_redirects=False,
                stream=True,
            ) as answer:
                if answer.status_code != 200:
                    raise WriterUnavailable(f"The model answered {answer.status_code}.")
                content = answer.raw.read(MAX_ANSWER + 1, decode_content=True)
        except (requests.RequestException, OSError) as error:
            raise WriterUnavailable(f"The model did not answer ({type(error).__name__}).") from None
        if len(content) > MAX_ANSWER:
            raise WriterUnavailable("The model's answer is far too long.")
        return _text(content)


def _text(content: bytes) -> str:
    try:
        choice = json.loads(content)["choices"][0]["message"]
        text = choice["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise WriterUnavailable("The model's answer has another form than expected.") from None
    if choice.get("refusal") or not isinstance(text, str) or not text.strip():
        raise WriterUnavailable("The model refused to write.")
    return text


def writer_for(settings: Settings) -> Writer:
    """The built-in writer, or a model with the built-in behind it where one is set."""
    if not settings.model_url:
        return suggest
    model = LanguageModel(
        settings.model_url,
        settings.model_name,
        settings.model_key.get_secret_value(),
        settings.model_timeout_s,
    )
    return ModelWriter(model.ask, settings.model_name)
