namespace Classroom.Tutor;

/// <summary>What a <see cref="ModelConversation"/> needs: who is asked, who looks over the words, who pays, what time it is, and what was discarded.</summary>
internal sealed record ModelAccess(Providers Providers, IModeration Moderation, ITokenBudget Budget, TimeProvider Time, IDiscarded Discarded);
