namespace Classroom.Kits.Reading;

/// <summary>How long a text may be, in characters. Chosen for the screen on which it is read.</summary>
internal static class Limits
{
    public const int FileBytes = 2 * 1024 * 1024;
    public const int ZipBytes = 8 * 1024 * 1024;
    public const int ZipEntries = 200;
    public const int ImageBytes = 200 * 1024;
    public const int ImageSide = 2000;
    public const int FileName = 80;
    public const int Id = 48;
    public const int Version = 20;
    public const int Title = 120;
    public const int Line = 300;
    public const int Board = 240;
    public const int Student = 900;
    public const int Teacher = 2400;
    public const int Passage = 1400;
    public const int Question = 400;
    public const int Option = 200;
    public const int Why = 500;
    public const int Task = 1200;
    public const int Label = 60;
    public const int Word = 40;

    public const int TableColumns = 8;
    public const int TableRows = 20;

    public const int Images = 40;
    public const int Lessons = 12;
    public const int Steps = 20;
    public const int Items = 12;
    public const int Options = 8;
}
