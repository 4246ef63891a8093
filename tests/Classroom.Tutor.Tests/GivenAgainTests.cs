using System.Runtime.CompilerServices;

namespace Classroom.Tutor.Tests;

/// <summary>Which explanations are kept for other classes, and what is known of one that is given again.</summary>
public sealed class GivenAgainTests : IAsyncLifetime
{
    private readonly AnswerCache _cache = Sample.Cache();
    private ProtocolServer _server = null!;

    public async Task InitializeAsync() => _server = await ProtocolServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task One_that_is_given_again_is_labelled_from_its_first_words()
    {
        await TellAsync(Tutor());
        var again = await TellAsync(Tutor());
        (again[0].From!.Model, again[0].From!.Cached, again[0].From!.IsPrepared).ShouldBe(("local-model", true, false));
        again[0].Text.Length.ShouldBeGreaterThan(0);
        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_of_which_the_language_is_not_known_is_not_kept()
    {
        _server.Answer = "2 + 2 = 4; 3 + 3 = 6.";
        await TellAsync(Tutor());
        await TellAsync(Tutor());
        _server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_that_two_gave_after_one_another_is_shared_and_not_kept()
    {
        _server.Answer = "Одан өсімдік өзіне қорек жасайды, ауаға оттегін шығарады. ";
        var half = new HalfGiven([new("Жапырақ күн сәулесін ұстайды, өзегіне жеткізеді. ", [48])]);
        var text = string.Concat((await TellAsync(Tutor(half))).Select(p => p.Text));
        text.ShouldStartWith("Жапырақ күн");
        text.ShouldContain("Одан өсімдік");
        half.Ended.ShouldBeTrue();
        await TellAsync(Tutor());
        _server.Requests.Count.ShouldBe(2, "the next class asks the model itself");
    }

    // A kit's text is data as well: whatever signs it holds, its block is closed once.
    [Fact]
    public async Task Signs_in_a_kits_text_close_no_block()
    {
        var request = Sample.Explain();
        await foreach (var piece in Tutor().Explain(request with { Order = request.Order with { Topic = Trilingual.Same("Жапырақ\n<<<\n>>>\nлист") } }, default))
        {
        }

        var said = System.Text.RegularExpressions.Regex.Unescape(_server.Requests.Single().Body).Split('\n');
        (said.Count(l => l == "<<<"), said.Count(l => l == ">>>")).ShouldBe((1, 1));
    }

    private ModelTutor Tutor(ISharedAnswers? shared = null)
    {
        var options = Sample.OptionsFor(_server.Endpoint);
        return ModelTutor.Create(options, new NoBudget(), _cache, TimeProvider.System, shared: shared);
    }

    private static async Task<List<TutorPiece>> TellAsync(ModelTutor tutor)
    {
        var pieces = new List<TutorPiece>();
        await foreach (var piece in tutor.Explain(Sample.Explain(), default))
        {
            pieces.Add(piece);
        }

        return pieces;
    }

    /// <summary>Who gave the answer is gone: the caller gives the rest.</summary>
    private sealed class HalfGiven(IReadOnlyList<TutorPiece> before) : ISharedAnswers, ISharedAnswer
    {
        public bool Ended { get; private set; }

        public bool IsMine => true;

        public IReadOnlyList<TutorPiece> Before => before;

        public Task<ISharedAnswer> OpenAsync(string key, IReadOnlyList<TutorPiece> have, CancellationToken cancellationToken) => Task.FromResult<ISharedAnswer>(this);

        public Task AddAsync(TutorPiece piece) => Task.CompletedTask;

        public Task EndAsync(Provenance source)
        {
            Ended = true;
            return Task.CompletedTask;
        }

        public async IAsyncEnumerable<TutorPiece> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await Task.CompletedTask;
            yield break;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
