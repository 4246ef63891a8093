namespace Classroom.Storage;

/// <summary>Reads a lesson's facts in their order and tells whose each is. What is sealed says so itself; facts of before there were keys do not.</summary>
public interface IFactOwners
{
    /// <param name="fact">The one after the last that was given.</param>
    /// <returns>The child whose personal properties these are; null when they are nobody's.</returns>
    Guid? Next(StoredFact fact);
}
