namespace Classroom.Lessons.Tests;

/// <summary>Helpers of rooms: chosen by i, so that no more chance is drawn.</summary>
internal sealed partial class RandomLesson
{
    // In place of what chance does often enough, and by a helper what a teacher or a mentor does.
    private Envelope HelperOr(Envelope e, int i) => e.Command switch
    {
        RenameStudent when i % 4 == 1 => e with { Command = new InviteHelper(Browser(20 + (i % 5)), i % 3 == 0 ? null : 1 + (i % 3)) },
        RenameStudent when i % 8 == 2 => e with { Command = new DismissHelper(Browser(20 + (i % 5))) },
        RenameStudent when i % 4 == 3 => e with { By = Helper(i), Command = new ComeAsHelper("Көмекші " + (i % 3)) },
        ClaimHand when i % 3 > 0 => e with { By = Helper(i) },
        AnswerHand or ApproveDevice or CountHands when i % 5 == 0 => e with { By = Helper(i) },
        Admit when i % 3 == 0 => e with { By = Helper(i) },
        _ => e,
    };

    // Most often the last one that was invited.
    private Actor Helper(int i) => new(Role.Helper, i % 5 > 0 && _past.FindLast(e => e.Command is InviteHelper) is { Command: InviteHelper invited } ? invited.HelperId : Browser(20 + (i % 5)));
}
