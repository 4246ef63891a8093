namespace Classroom.Tutor.Tests;

/// <summary>The second question about a text of which the words alone do not tell. Whatever the model does, nobody is told more than yes or no, and no name leaves.</summary>
public sealed class DangerTests
{
    private const string Text = "Айгерім маған бәрібір енді деп жазды";

    [Theory]
    [InlineData("yes", true)]
    [InlineData("Yes.", true)]
    [InlineData("**No**", false)]
    [InlineData("жоқ", false)]
    [InlineData("Да", true)]
    public async Task A_model_says_yes_or_no(string answer, bool isInDanger)
    {
        await using var server = await ProtocolServer.StartAsync();
        server.Answer = answer;
        var said = await ModelTutor.Create(Sample.OptionsFor(server.Endpoint), new NoBudget(), null, TimeProvider.System).Ask(Request(), default);
        (said.IsInDanger, said.Provenance.Tokens > 0).ShouldBe((isInDanger, true));
        server.Requests.ShouldHaveSingleItem().Body.ShouldNotContain("Айгерім", Case.Sensitive);
    }

    [Theory]
    [InlineData("I would rather talk about leaves.")]
    [InlineData("{}")]
    [InlineData("maybe yes")]
    public async Task What_is_neither_is_asked_for_once_more_and_is_then_no_answer(string answer)
    {
        await using var server = await ProtocolServer.StartAsync();
        server.Answer = answer;
        var tutor = ModelTutor.Create(Sample.OptionsFor(server.Endpoint), new NoBudget(), null, TimeProvider.System);
        (await Should.ThrowAsync<TutorException>(() => tutor.Ask(Request(), default))).Code.ShouldBe("tutor-empty");
        server.Received.ShouldBe(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_model_or_with_AI_off_nobody_is_asked(bool hasModel)
    {
        await using var server = await ProtocolServer.StartAsync();
        server.Answer = "yes";
        var model = hasModel ? ModelTutor.Create(Sample.OptionsFor(server.Endpoint), new NoBudget(), null, TimeProvider.System) : null;
        var desk = new TutorDesk(new PreparedTutor(new Kits.KitLibrary([], []), new PreparedTutorOptions(), TimeProvider.System), model);
        (await Should.ThrowAsync<TutorException>(() => desk.Ask(Request() with { AiOn = !hasModel }, default))).Code.ShouldBe("no-prepared-text", "nobody said no");
        server.Received.ShouldBe(0);
    }

    [Fact]
    public async Task Who_cannot_be_asked_has_not_said_no()
    {
        await using var server = await ProtocolServer.StartAsync();
        server.Mood = Mood.Broken;
        var desk = new TutorDesk(
            new PreparedTutor(new Kits.KitLibrary([], []), new PreparedTutorOptions(), TimeProvider.System), ModelTutor.Create(Sample.OptionsFor(server.Endpoint), new NoBudget(), null, TimeProvider.System));
        (await Should.ThrowAsync<TutorException>(() => desk.Ask(Request(), default))).Code.ShouldBe("tutor-unavailable");
    }

    private static DangerRequest Request() => new(Sample.Call("danger", "Айгерім"), Text, true);
}
