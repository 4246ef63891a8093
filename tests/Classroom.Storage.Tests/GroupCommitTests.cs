namespace Classroom.Storage.Tests;

/// <summary>The writer's loop outlives whatever a database throws.</summary>
public sealed class GroupCommitTests
{
    [Fact]
    public async Task A_fault_that_nobody_foresaw_fails_its_own_append_and_no_later_one()
    {
        await using var commit = new GroupCommit(batch => batch.Any(a => a.Stream == "bad")
            ? throw new FormatException("no text") : Task.FromResult<AppendResult[]>([.. batch.Select(_ => new AppendResult(AppendStatus.Appended, 1))]));
        var appends = new[] { "one", "bad", "two" }.Select(s => commit.AppendAsync(new(s, 0, Guid.CreateVersion7(), []), default).WaitAsync(TimeSpan.FromSeconds(10))).ToArray();
        await Should.ThrowAsync<StorageUnavailableException>(appends[1]);
        (await appends[0]).Status.ShouldBe(AppendStatus.Appended);
        (await appends[2]).Status.ShouldBe(AppendStatus.Appended);
        (await commit.AppendAsync(new("three", 0, Guid.CreateVersion7(), []), default).WaitAsync(TimeSpan.FromSeconds(30))).Status.ShouldBe(AppendStatus.Appended);
        commit.Waiting.ShouldBe(0);
    }
}
