namespace Classroom.Tutor.Tests;

/// <summary>A provider's moderation is another machine: it is sent what people wrote, and what is answered to them, without their names.</summary>
public sealed class ModerationTests
{
    [Fact]
    public async Task No_name_and_no_number_goes_to_the_moderation_of_a_provider()
    {
        await using var server = await ProtocolServer.StartAsync();
        server.Answer = "Айгерім, жапырақ күн сәулесін қалай ұстайды деп ойлайсың?";
        var options = Sample.OptionsFor(server.Endpoint);
        options.ModerationModel = "local-moderation";
        var tutor = ModelTutor.Create(options, new NoBudget(), null, TimeProvider.System);
        var answer = await tutor.Ask(Sample.Coach("Мен Айгеріммін, нөмірім +7 701 234 56 78. Жапырақ неге жасыл?", Language.Kk, "Айгерім Серікқызы"), default);
        answer.Text.ShouldNotBeEmpty();
        server.Moderated.Count.ShouldBe(2);
        server.Moderated.ShouldAllBe(m => !m.Contains("Айгерім", StringComparison.Ordinal) && !m.Contains("234 56 78", StringComparison.Ordinal));
        // What it finds still counts.
        server.Flagged = "жасыл";
        (await Should.ThrowAsync<TutorException>(() => tutor.Ask(Sample.Coach("Жапырақ неге жасыл?"), default))).Code.ShouldBe("input-withheld");
    }
}
