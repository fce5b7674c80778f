"""The dashboard: one HTML file that shows a dataset without any network."""

from analyze.dashboard.build import DETAILED_AGENCIES, OVERALL, RECORDS, Dashboard, dashboard

__all__ = ["DETAILED_AGENCIES", "OVERALL", "RECORDS", "Dashboard", "dashboard"]
