using Classroom.Silo.Auth;

namespace Classroom.Silo.Api;

/// <param name="With">The teacher's other lesson, which has not ended.</param>
public sealed record CombineBody(Guid? With);

/// <summary>One group of a combined class, for who comes in with the code of either.</summary>
public sealed record GroupChoice(string ClassName, Trilingual Title, string Code);

/// <summary>
/// A combined class: two lessons of one teacher in one room, which know of each other. Each is told by itself, one after the other: where the process dies in
/// between, the console of the one that knows asks for the same again, which changes nothing where it is so already.
/// </summary>
public static class Groups
{
    public static void MapGroups(this WebApplication app)
    {
        app.MapPost("/api/classrooms/{id:guid}/group", async (Guid id, CombineBody body, HttpContext context, IGrainFactory grains) =>
            await CombineAsync(grains, context, id, body.With ?? Guid.Empty) is { } refusal ? Errors.Of(refusal) : Results.NoContent())
            .Produces(StatusCodes.Status204NoContent).RequireAuthorization(Policies.Teacher);
        app.MapPost("/api/board/group", BoardAsync).Produces<BoardReply>().RequireAuthorization().RequireRateLimiting(Limits.Boards);
    }

    /// <summary>The other lesson, for one that is about to be opened beside it; or why it is not for that.</summary>
    public static async Task<(CombineLesson? With, Refusal? Refusal)> FreeAsync(IGrainFactory grains, HttpContext context, Guid other)
    {
        var (card, refusal) = await OwnAsync(grains, context, other);
        return card is null ? (null, refusal)
            : card.With is { } with && await HoldsAsync(grains, other, with) ? (null, new Refusal("already-combined"))
            : (new CombineLesson(other, card.ClassName, card.Title), null);
    }

    /// <summary>Tells both lessons of each other.</summary>
    public static async Task<Refusal?> CombineAsync(IGrainFactory grains, HttpContext context, Guid first, Guid second)
    {
        if (first == second)
        {
            return new Refusal("bad-id");
        }

        var (one, refusal) = await OwnAsync(grains, context, first);
        var (two, other) = refusal is null ? await OwnAsync(grains, context, second) : (null, refusal);
        return one is null || two is null ? refusal ?? other : await TellAsync(one, two) ?? await TellAsync(two, one);

        async Task<Refusal?> TellAsync(GroupCard lesson, GroupCard of)
        {
            // A group that has ended, or that has another one by now, makes room.
            var instead = lesson.With is { } with && with != of.ClassroomId && !await HoldsAsync(grains, lesson.ClassroomId, with) ? with : (Guid?)null;
            return (await grains.GetGrain<IClassroomGrain>(lesson.ClassroomId).Execute(
                new Envelope(Guid.CreateVersion7(), Caller.ActorOf(context.User), new CombineLesson(of.ClassroomId, of.ClassName, of.Title, instead)), CancellationToken.None)).Refusal;
        }
    }

    /// <summary>What a child chooses from at the door, the lesson of its code first; null where nothing is to be chosen.</summary>
    public static async Task<ImmutableArray<GroupChoice>?> AtTheDoorAsync(IGrainFactory grains, Guid id) =>
        await grains.GetGrain<IClassroomGrain>(id).Group() is { With: { } with, IsOver: false } own
        && await grains.GetGrain<IClassroomGrain>(with).Group() is { IsOver: false } other && other.With == id
            ? [Choice(own), Choice(other)] : null;

    private static GroupChoice Choice(GroupCard card) => new(card.ClassName, card.Title, card.JoinCode!);

    private static async Task<(GroupCard? Card, Refusal? Refusal)> OwnAsync(IGrainFactory grains, HttpContext context, Guid id) =>
        !await grains.GetGrain<ITeacherGrain>(Caller.IdOf(context.User)).Owns(id) ? (null, new Refusal("foreign-classroom"))
        : await grains.GetGrain<IClassroomGrain>(id).Group() is not { } card ? (null, new Refusal("no-such-classroom"))
        : card.Rehearsal ? (null, new Refusal("rehearsal-alone"))
        : card.IsOver ? (null, new Refusal("lesson-ended"))
        : (card, null);

    // Whether the lesson that another one calls its group goes on, and has no other one since.
    private static async Task<bool> HoldsAsync(IGrainFactory grains, Guid id, Guid with) =>
        await grains.GetGrain<IClassroomGrain>(with).Group() is { IsOver: false } card && (card.With is null || card.With == id);

    /// <summary>
    /// A board that shows one group asks for the other one: with the ticket that it has, each time its page is loaded. It is the same board there, and may draw
    /// there if it may here.
    /// </summary>
    private static async Task<IResult> BoardAsync(HttpContext context, IGrainFactory grains, Tickets tickets)
    {
        if (tickets.Open(TicketHandler.TextOf(context.Request)) is not { Role: Role.Board } ticket)
        {
            return Errors.Of(StatusCodes.Status403Forbidden, "wrong-role");
        }

        var here = await grains.GetGrain<IClassroomGrain>(ticket.ClassroomId).GroupOf(ticket.Id);
        var isOver = here.Refusal is { Code: "lesson-ended" };
        if (here.Refusal is { } refusal && !isOver)
        {
            return Errors.Of(refusal);
        }

        if (here.With is not { } with || await grains.GetGrain<IClassroomGrain>(with).Group() is not { } card || card.With != ticket.ClassroomId)
        {
            return Errors.Of(new Refusal("not-combined"));
        }

        var there = grains.GetGrain<IClassroomGrain>(with);
        // Where the first group has ended, the board goes on with the one that it showed beside it.
        if (card.IsOver || (isOver && !(await there.GroupOf(ticket.Id)).Paired))
        {
            return Errors.Of(new Refusal("lesson-ended"));
        }

        // Where it was taken away there, it does not come back.
        var paired = await there.Execute(new Envelope(Guid.CreateVersion7(), Actor.System, new PairBoard(ticket.Id, here.Draws ? true : null)), CancellationToken.None);
        return paired.Refusal is { } refused ? Errors.Of(refused)
            : Results.Ok(new BoardReply(tickets.Seal(new Ticket(Role.Board, with, ticket.Id, Guid.Empty, ticket.Away)), with));
    }
}
