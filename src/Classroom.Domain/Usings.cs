global using System.Collections.Immutable;
global using Classroom.Contracts;
