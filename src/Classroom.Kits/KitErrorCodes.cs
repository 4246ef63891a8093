namespace Classroom.Kits;

/// <summary>Stable codes. Each is documented in the README of this folder and has a failing example in the tests.</summary>
public static class KitErrorCodes
{
    public const string NoFile = "no-file";
    public const string NoFolder = "no-folder";
    public const string HugeFile = "huge-file";
    public const string LinkOut = "link-out";
    public const string TooManyFiles = "too-many-files";
    public const string ZipBroken = "zip-broken";
    public const string ZipEntries = "zip-entries";
    public const string ZipPath = "zip-path";
    public const string ZipWithoutKit = "zip-without-kit";
    public const string NotUtf8 = "not-utf8";
    public const string EmptyFile = "empty-file";
    public const string Tab = "tab";
    public const string Syntax = "yaml-syntax";
    public const string Alias = "yaml-alias";
    public const string Tag = "yaml-tag";
    public const string TooDeep = "too-deep";
    public const string SeveralDocuments = "several-documents";
    public const string NotAMapping = "not-a-mapping";
    public const string TooManyErrors = "too-many-errors";

    public const string MissingField = "missing-field";
    public const string UnknownField = "unknown-field";
    public const string DuplicateField = "duplicate-field";
    public const string FieldNotHere = "field-not-here";
    public const string WrongType = "wrong-type";
    public const string MissingLanguage = "missing-language";
    public const string EmptyText = "empty-text";
    public const string EmptyList = "empty-list";
    public const string TooLong = "too-long";
    public const string TooManyItems = "too-many-items";
    public const string OutOfRange = "out-of-range";
    public const string BadEnum = "bad-enum";
    public const string BadId = "bad-id";
    public const string DuplicateId = "duplicate-id";
    public const string DuplicateKit = "duplicate-kit";
    public const string WrongLanguage = "wrong-language";

    public const string FormulaOpen = "formula-open";
    public const string FormulaBraces = "formula-braces";
    public const string FormulaCommand = "formula-command";
    public const string FormulaTooLong = "formula-too-long";
    public const string FormulaNotHere = "formula-not-here";
    public const string TableShape = "table-shape";
    public const string TableTooBig = "table-too-big";
    public const string TableNotHere = "table-not-here";

    public const string UnknownImage = "unknown-image";
    public const string ImageName = "image-name";
    public const string ImageMissing = "image-missing";
    public const string ImageTooBig = "image-too-big";
    public const string ImageSize = "image-size";
    public const string ImageKind = "image-kind";
    public const string SvgBroken = "svg-broken";
    public const string UnknownQuestion = "unknown-question";

    public const string MinutesSum = "minutes-sum";
    public const string GradeOrder = "grade-order";
    public const string ScaleOrder = "scale-order";
    public const string FewOptions = "few-options";
    public const string SingleCorrect = "single-correct";
    public const string MultipleCorrect = "multiple-correct";
    public const string SentenceCount = "sentence-count";
    public const string SentenceAlignment = "sentence-alignment";
    public const string SentenceUnfinished = "sentence-unfinished";
    public const string ExplainWithoutExplanations = "explain-without-explanations";
    public const string DiscussWithoutPrompts = "discuss-without-prompts";
    public const string PromptCount = "prompt-count";
    public const string AskWithoutQuestions = "ask-without-questions";
    public const string MakeWithoutTask = "make-without-task";
    public const string UnpluggedWithDevices = "unplugged-with-devices";
}
