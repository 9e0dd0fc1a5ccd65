"""The Streamlit front end; it knows the service by HTTP alone."""
