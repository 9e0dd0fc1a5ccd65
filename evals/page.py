from evals.report import Report


def page(report: Report) -> str:
    return ""
