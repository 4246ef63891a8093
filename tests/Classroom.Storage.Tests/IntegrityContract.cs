namespace Classroom.Storage.Tests;

/// <summary>Whatever is done to the log behind its back is found and named. Inherited by each database.</summary>
public abstract class IntegrityContract : IAsyncLifetime
{
    private const string B = "classroom/b";
    private Witnessed _log = null!;

    protected abstract Task<TestDatabase> MakeAsync();

    public async Task InitializeAsync() => _log = await Witnessed.MakeAsync(await MakeAsync());

    public async Task DisposeAsync() => await _log.DisposeAsync();

    [Fact]
    public async Task A_log_that_nobody_touched_is_whole()
    {
        var found = await _log.VerifyAsync();
        found.Findings.ShouldBeEmpty();
        (found.IsWhole, found.Streams, found.Facts, found.Checkpoints, found.Files).ShouldBe((true, 3, 24, 2, 1));
        found.Notes.ShouldBeEmpty();
        (await _log.VerifyAsync(checkpoints: false)).Digest.ShouldBe(found.Digest);
    }

    [Fact]
    public async Task Facts_after_the_last_checkpoint_are_no_fault()
    {
        var before = await _log.VerifyAsync();
        await _log.AppendAsync(B, 8);
        var after = await _log.VerifyAsync();
        after.IsWhole.ShouldBeTrue();
        after.Digest.ShouldNotBe(before.Digest);
    }

    [Theory]
    [InlineData("body = '{\"text\":\"forged\"}'")]
    [InlineData("actor = '{}'")]
    [InlineData("name = 'answer-given.2'")]
    [InlineData("at = '2026-09-01T10:00:00.0000000+00:00'")]
    [InlineData("command_id = '01990000-0000-7000-8000-000000000000'")]
    public async Task An_edited_column_is_found_at_its_fact(string edit)
    {
        await DoAsync($"update facts set {edit} where stream = '{B}' and version = 5", 1);
        await FoundAsync(Fault.Edited, B, 5, "edited");
        await FoundAsync(Fault.Edited, B, 5, "edited (or fact 4 was", checkpoints: false);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task An_edit_of_the_first_or_the_last_fact_is_found(long version)
    {
        await DoAsync($"update facts set body = '[]' where stream = '{B}' and version = {version}", 1);
        await FoundAsync(Fault.Edited, B, version, "edited", checkpoints: false);
    }

    [Fact]
    public async Task An_edited_hash_is_found_where_the_chain_breaks()
    {
        await DoAsync($"update facts set hash = (select hash from facts where stream = 'student/c' and version = 1) where stream = '{B}' and version = 3", 1);
        await FoundAsync(Fault.OutOfOrder, B, 3, "out of order", checkpoints: false);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_fact_deleted_in_the_middle_is_missing(long version)
    {
        await DoAsync($"delete from facts where stream = '{B}' and version = {version}", 1);
        await FoundAsync(Fault.Missing, B, version, "missing", checkpoints: false);
    }

    [Fact]
    public async Task A_deleted_tail_is_known_by_the_checkpoint()
    {
        await DoAsync($"delete from facts where stream = '{B}' and version > 5", 3);
        var found = await FoundAsync(Fault.CutOff, B, 6, "cut off after version 5: the checkpoint of 2026-09-01 08:00:26Z knows 8");
        found.Notes.ShouldHaveSingleItem().ShouldStartWith("The log ends before the checkpoint of 2026-09-01 08:00:26Z");
        (await _log.VerifyAsync(checkpoints: false)).IsWhole.ShouldBeTrue("which is why checkpoints are kept");
    }

    [Fact]
    public async Task Swapped_contents_are_found_at_the_first_of_the_two()
    {
        foreach (var (to, from) in new[] { (3, 6), (6, 3) })
        {
            await _log.Database.RunAsync(
                "update facts set body = @body where stream = @stream and version = @version",
                ("@body", Witnessed.BodyOf(B, from)), ("@stream", B), ("@version", (long)to));
        }

        await FoundAsync(Fault.Edited, B, 3, "edited", checkpoints: false);
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(3, 6)]
    [InlineData(5, 8)]
    public async Task Swapped_versions_are_out_of_order(long one, long other)
    {
        await DoAsync($"update facts set version = 1000 where stream = '{B}' and version = {one}", 1);
        await DoAsync($"update facts set version = {one} where stream = '{B}' and version = {other}", 1);
        await DoAsync($"update facts set version = {other} where stream = '{B}' and version = 1000", 1);
        await FoundAsync(Fault.OutOfOrder, B, one, "out of order", checkpoints: false);
    }

    [Fact]
    public async Task A_deletion_hidden_by_renumbering_is_out_of_order()
    {
        await DoAsync($"delete from facts where stream = '{B}' and version = 3", 1);
        for (var version = 4; version <= 8; version++)
        {
            await DoAsync($"update facts set version = {version - 1} where stream = '{B}' and version = {version}", 1);
        }

        await FoundAsync(Fault.OutOfOrder, B, 3, "out of order", checkpoints: false);
    }

    [Fact]
    public async Task A_fact_moved_to_another_stream_is_found_in_both()
    {
        await DoAsync($"update facts set stream = 'student/c', version = 9 where stream = '{B}' and version = 3", 1);
        var found = await FoundAsync(Fault.Missing, B, 3, "missing", checkpoints: false);
        found.Findings[1].ShouldBe(new Finding(Fault.Edited, "student/c", 9, "edited, or put here from elsewhere: it does not follow the fact before it"));
    }

    [Fact]
    public async Task A_version_that_the_log_never_gives_is_out_of_order()
    {
        await DoAsync($"update facts set version = 0 where stream = '{B}' and version = 8", 1);
        await FoundAsync(Fault.OutOfOrder, B, 0, "out of order", checkpoints: false);
    }

    [Theory]
    [InlineData("classroom/a")]
    [InlineData(B)]
    [InlineData("student/c")]
    public async Task A_removed_stream_is_missing(string stream)
    {
        await DoAsync($"delete from facts where stream = '{stream}'", 8);
        await FoundAsync(Fault.StreamMissing, stream, 1, "stream missing: the checkpoint of 2026-09-01 08:00:26Z knows 8 facts of it");
    }

    [Fact]
    public async Task A_renamed_stream_is_found_under_both_names()
    {
        await DoAsync($"update facts set stream = 'classroom/bb' where stream = '{B}'", 8);
        var found = await FoundAsync(Fault.StreamMissing, B, 1, "stream missing");
        found.Findings[1].ShouldBe(new Finding(Fault.OutOfOrder, "classroom/bb", 1, found.Findings[1].What));
    }

    [Theory]
    [InlineData(2, 1, 4)]
    [InlineData(5, 5, 8)]
    [InlineData(8, 5, 8)]
    public async Task An_attacker_who_computes_all_hashes_anew_is_found_through_the_checkpoint(long edited, long from, long to)
    {
        await _log.RewriteAsync(B, edited);
        (await _log.VerifyAsync(checkpoints: false)).IsWhole.ShouldBeTrue("the hashes fit: only the checkpoint knows better");
        await FoundAsync(Fault.Rewritten, B, from, $"edited, here or up to {to}, and the hashes computed anew");
    }

    [Fact]
    public async Task A_forged_fact_at_the_end_does_not_follow()
    {
        await DoAsync(
            $"""
            insert into facts (stream, version, command_id, name, actor, at, body, hash)
            select stream, 9, command_id, name, actor, at, body, hash from facts where stream = '{B}' and version = 8
            """, 1);
        await FoundAsync(Fault.Edited, B, 9, "edited, or put here from elsewhere");
    }

    [Fact]
    public async Task Every_broken_stream_is_told_once_and_in_order()
    {
        await DoAsync("update facts set body = '[]' where version in (3, 6)", 6);
        var found = await _log.VerifyAsync();
        found.Findings.Select(f => (f.Fault, f.Stream, f.Version)).ShouldBe(Witnessed.Streams.Select(s => (Fault.Edited, s, 3L)));
        found.Broken.ShouldBe(3);
    }

    private async Task DoAsync(string sql, int rows) => (await _log.Database.RunAsync(sql)).ShouldBe(rows);

    private async Task<Verification> FoundAsync(Fault fault, string stream, long version, string what, bool checkpoints = true)
    {
        var found = await _log.VerifyAsync(checkpoints);
        found.IsWhole.ShouldBeFalse();
        var first = found.Findings[0];
        (first.Fault, first.Stream, first.Version).ShouldBe((fault, stream, version), first.ToString());
        first.What.ShouldStartWith(what, Case.Sensitive);
        return found;
    }
}

public sealed class PostgresIntegrityTests : IntegrityContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.PostgresAsync();
}

public sealed class SqliteIntegrityTests : IntegrityContract
{
    protected override Task<TestDatabase> MakeAsync() => TestDatabase.SqliteAsync();
}
