using System.Collections.Immutable;
using Classroom.Silo.Centre;

namespace Classroom.Silo.Tests;

/// <summary>What a stream is sent: the newest of each session, each at most once a second, by a clock that the test moves.</summary>
public sealed class NewestTilesTests
{
    private readonly ManualTime _time = new();
    private readonly NewestTiles _tiles;
    private readonly Guid _a = Guid.CreateVersion7();
    private readonly Guid _b = Guid.CreateVersion7();

    public NewestTilesTests() => _tiles = new(_time);

    [Fact]
    public async Task Of_many_changes_within_a_second_only_the_newest_is_sent_and_not_before_it_is_over()
    {
        _tiles.Put([Tile(_a, 1)]);
        Taken().ShouldBe([(_a, 1)]);
        _tiles.Put([Tile(_a, 2)]);
        _tiles.Put([Tile(_a, 3), Tile(_b, 9)]);
        Taken().ShouldBe([(_b, 9)], "another session need not wait");
        var waiting = _tiles.WaitAsync(default);
        _time.Advance(NewestTiles.Every - TimeSpan.FromTicks(1));
        Taken().ShouldBeEmpty();
        waiting.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromTicks(1));
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Taken().ShouldBe([(_a, 3)]);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again_and_a_change_wakes_the_reader()
    {
        _tiles.Put([Tile(_a, 1)]);
        Taken();
        _time.Advance(NewestTiles.Every);
        _tiles.PutAll([Tile(_a, 1)]);
        Taken().ShouldBeEmpty();
        var waiting = _tiles.WaitAsync(default);
        waiting.IsCompleted.ShouldBeFalse();
        _tiles.Put([Tile(_a, 2)]);
        await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        Taken().ShouldBe([(_a, 2)]);
    }

    [Fact]
    public void Who_ended_or_is_no_longer_among_all_is_gone_and_may_come_back()
    {
        _tiles.Put([Tile(_a, 1), Tile(_b, 1)]);
        Taken();
        _time.Advance(NewestTiles.Every);
        _tiles.Put([Tile(_a, 1) with { Phase = LessonPhase.Ended }]);
        _tiles.PutAll([]);
        Taken().ShouldBe([(_a, -1), (_b, -1)], ignoreOrder: true);
        _tiles.Put([Tile(_a, 4)]);
        Taken().ShouldBeEmpty("its second is not over");
        _time.Advance(NewestTiles.Every);
        Taken().ShouldBe([(_a, 4)]);
    }

    [Fact]
    public void Who_is_gone_before_it_was_shown_is_never_sent()
    {
        _tiles.Put([Tile(_a, 1)]);
        _tiles.Put([Tile(_a, 1) with { Phase = LessonPhase.Ended }]);
        Taken().ShouldBeEmpty();
    }

    // Minus one stands for gone.
    private List<(Guid Id, int Joined)> Taken() => [.. _tiles.Take().Select(r => r.Tile is { } t ? (Guid.Parse(t.ClassroomId), t.Joined) : (Guid.Parse(r.Gone), -1))];

    [Fact]
    public void A_rehearsal_is_no_session()
    {
        _tiles.Put([Tile(_a, 1) with { Rehearsal = true }, Tile(_b, 2)]);
        Taken().ShouldBe([(_b, 2)]);
        _tiles.PutAll([Tile(_a, 3) with { Rehearsal = true }, Tile(_b, 2)]);
        _time.Advance(NewestTiles.Every);
        Taken().ShouldBeEmpty();
    }

    private static Tile Tile(Guid id, int joined) => new(
        id, Trilingual.Same("Сабақ"), "7Б", "Айгүл", LessonPhase.Live, Trilingual.Same("Қадам"), 0, 3, 10, null, 45, null, joined, 0, 0, 0, ImmutableArray<TileHand>.Empty);
}
