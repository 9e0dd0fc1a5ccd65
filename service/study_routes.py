"""The routes beside asking and reading, as one router."""

from __future__ import annotations

from fastapi import APIRouter

from service import about_routes, compare_routes, feedback_routes, glossary_routes, learning_routes, note_routes

router = APIRouter()
for _routes in (about_routes, compare_routes, feedback_routes, glossary_routes, learning_routes, note_routes):
    router.include_router(_routes.router)
