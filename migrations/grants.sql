-- What tb_app, which serves, may do with the tables that tb_owner migrates. Run after every migration; may run twice.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO tb_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO tb_app;
REVOKE UPDATE, DELETE ON audit_entry FROM tb_app;
REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM tb_app;
