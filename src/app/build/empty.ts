/** Stands in for a module whose only content is a copy of a style sheet that the app links already. */
export default '';
