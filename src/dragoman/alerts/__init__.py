"""Alerts: a short message, once, when the record gains what somebody asked to be told of."""

from dragoman.alerts.alerter import Alerter

__all__ = ["Alerter"]
