using Classroom.Tests;

namespace Classroom.Storage.Tests;

/// <summary>The checkpoint files themselves: what a power cut leaves, and what an attacker does to them.</summary>
public sealed class CheckpointTests : IAsyncLifetime
{
    private Witnessed _log = null!;

    public async Task InitializeAsync()
    {
        _log = await Witnessed.MakeAsync(await TestDatabase.SqliteAsync());
        await _log.AppendAsync("classroom/a", 8);
        _log.Checkpoint();
    }

    public async Task DisposeAsync() => await _log.DisposeAsync();

    private string FilePath => Directory.GetFiles(_log.Database.Checkpoints).ShouldHaveSingleItem();

    [Fact]
    public async Task A_line_carries_only_the_heads_that_moved()
    {
        var lines = await File.ReadAllLinesAsync(FilePath);
        lines.Length.ShouldBe(3);
        lines[0].ShouldContain("student/c");
        lines[2].ShouldContain("classroom/a");
        lines[2].ShouldNotContain("student/c");
        (await _log.VerifyAsync()).IsWhole.ShouldBeTrue();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task A_torn_last_line_is_said_and_the_lines_before_it_count(int left)
    {
        var bytes = await File.ReadAllBytesAsync(FilePath);
        var last = Array.LastIndexOf(bytes, (byte)'\n', bytes.Length - 2);
        await File.WriteAllBytesAsync(FilePath, bytes[..(last + 1 + left)]);
        var found = await _log.VerifyAsync();
        (found.IsWhole, found.Checkpoints).ShouldBe((true, 2));
        found.Notes.ShouldHaveSingleItem().ShouldContain("line 3: the last line is torn");
    }

    [Fact]
    public async Task An_edited_line_is_known_by_the_next_one()
    {
        var lines = await File.ReadAllLinesAsync(FilePath);
        lines[1] = lines[1].Replace("\"version\":8", "\"version\":4", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(FilePath, lines);
        (await _log.VerifyAsync()).Findings[0].ShouldBe(new Finding(
            Fault.Checkpoint, Path.GetFileName(FilePath), 2, "this line of the checkpoints was edited: the next one knows another"));
    }

    [Fact]
    public async Task An_edited_last_line_contradicts_the_log()
    {
        var lines = await File.ReadAllLinesAsync(FilePath);
        lines[2] = lines[2].Replace("\"version\":9", "\"version\":8", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(FilePath, lines);
        (await _log.VerifyAsync()).Findings.ShouldHaveSingleItem().Fault.ShouldBe(Fault.Rewritten);
    }

    [Fact]
    public async Task A_spoilt_line_in_the_middle_is_edited_not_torn()
    {
        var lines = await File.ReadAllLinesAsync(FilePath);
        lines[1] = lines[1][..50];
        await File.WriteAllLinesAsync(FilePath, lines);
        var found = await _log.VerifyAsync();
        (found.Findings.ShouldHaveSingleItem().Version, found.Checkpoints).ShouldBe((2, 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_removed_line_is_missing(int line)
    {
        var lines = (await File.ReadAllLinesAsync(FilePath)).ToList();
        lines.RemoveAt(line);
        await File.WriteAllLinesAsync(FilePath, lines);
        (await _log.VerifyAsync()).Findings.ShouldHaveSingleItem().What.ShouldBe("lines of the checkpoints are missing here");
    }

    [Fact]
    public async Task Each_process_writes_a_file_of_its_own()
    {
        var (changed, time) = (new ChangedHeads(), new ManualTime());
        await using (var log = new SqliteFactLog(_log.Database.Settings.Sqlite, changed))
        {
            await log.AppendAsync("classroom/z", 0, Guid.CreateVersion7(), [_log.Fact("classroom/z", 1)], default);
        }

        new CheckpointFile(_log.Database.Checkpoints, time).Write(changed.Take());
        var found = await _log.VerifyAsync();
        (found.IsWhole, found.Files, found.Checkpoints).ShouldBe((true, 2, 4));
    }

    [Fact]
    public async Task A_checkpoint_that_failed_is_made_good_by_the_next_one()
    {
        var (changed, folder) = (new ChangedHeads(), Path.Combine(_log.Database.Checkpoints, "elsewhere"));
        await using var log = new SqliteFactLog(_log.Database.Settings.Sqlite, changed);
        await log.AppendAsync("x", 0, Guid.CreateVersion7(), [_log.Fact("x", 1)], default);
        await log.AppendAsync("y", 0, Guid.CreateVersion7(), [_log.Fact("y", 1)], default);
        var file = new CheckpointFile(folder, new ManualTime());
        await File.WriteAllTextAsync(folder, "not a folder");
        var taken = changed.Take();
        Should.Throw<IOException>(() => file.Write(taken));
        await log.AppendAsync("x", 1, Guid.CreateVersion7(), [_log.Fact("x", 2)], default);
        changed.PutBack(taken);
        var next = changed.Take();
        next.ToDictionary(h => h.Key, h => h.Value.Version).ShouldBe(new Dictionary<string, long> { ["x"] = 2, ["y"] = 1 }, ignoreOrder: true);
        File.Delete(folder);
        file.Write(next);
        (await Verifier.RunAsync(_log.Database.Settings, folder, default)).Checkpoints.ShouldBe(1);
        changed.Take().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_an_error_not_a_clean_bill() =>
        await Should.ThrowAsync<IOException>(() => Verifier.RunAsync(_log.Database.Settings, _log.Database.Checkpoints + "-gone", default));
}
